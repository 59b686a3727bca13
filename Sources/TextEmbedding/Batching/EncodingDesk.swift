import Synchronization

/// Runs batches of texts, one at a time.
protocol EncodingLane: Actor {
    /// The states of each row's tokens, without those of its padding.
    func run(_ rows: [TokenRow], columns: Int) throws -> [[Float]]
}

/// Where callers leave texts for the encoder and wait for what it makes of them.
///
/// What runs when is the queue's decision; here it is carried out. A caller that is cancelled leaves at once, and those
/// whose texts were to run with its own are none the wiser. An error of a batch reaches every caller with a text in it.
final class EncodingDesk: Sendable {
    private typealias Waiter = CheckedContinuation<[[Float]], any Error>

    /// One caller.
    private struct Call {
        var rows: [TokenRow]
        var states: [[Float]]
        var missing: Int
        var waiter: Waiter
    }

    /// A batch with what is needed to run it.
    struct Work: Sendable {
        fileprivate var batch: EncodingQueue.Batch
        var rows: [TokenRow]
        var columns: Int { batch.columns }
    }

    private struct State {
        var queue: EncodingQueue
        /// By the number of their first text.
        var calls: [Int: Call] = [:]
        /// The first text of the call that a text is of.
        var callOf: [Int: Int] = [:]
        var streams: [any EncodingLane] = []
        var isOpening = false
    }

    /// A call's numbers, once it has some.
    private final class Ticket: Sendable {
        let numbers = Mutex<Range<Int>?>(nil)
    }

    private let state: Mutex<State>
    private let limits: EncodingQueue.Limits
    private let quick: any EncodingLane
    private let openStreams: @Sendable () async throws -> [any EncodingLane]

    /// - Parameters:
    ///   - quick: uses all cores for one batch.
    ///   - streams: makes the lanes that use one core each; asked for once, when callers keep meeting.
    init(
        limits: EncodingQueue.Limits = EncodingQueue.Limits(),
        quick: any EncodingLane,
        streams: @escaping @Sendable () async throws -> [any EncodingLane]
    ) {
        self.limits = limits
        self.quick = quick
        openStreams = streams
        state = Mutex(State(queue: EncodingQueue(limits)))
    }

    /// Texts that wait for a lane.
    var waitingCount: Int { state.withLock { $0.queue.waitingCount } }

    /// The token states of texts, in order.
    ///
    /// - Throws: `EmbeddingError.overloaded` where too many wait already, what the lane throws, and `CancellationError`.
    func encode(_ rows: [TokenRow]) async throws -> [[Float]] {
        guard !rows.isEmpty else { return [] }
        let ticket = Ticket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enter(rows, ticket, $0) }
        } onCancel: {
            leave(ticket)
        }
    }

    // MARK: - Callers

    private func enter(_ rows: [TokenRow], _ ticket: Ticket, _ waiter: Waiter) {
        enum Entry {
            case taken([(lane: any EncodingLane, work: Work)], wantsStreams: Bool)
            case cancelled
            case full
        }
        let entry = state.withLock { state -> Entry in
            // A cancellation from here on finds the numbers: it waits for the same lock.
            guard !Task.isCancelled else { return .cancelled }
            guard let numbers = state.queue.add(rows.map(\.ids.count)) else { return .full }
            ticket.numbers.withLock { $0 = numbers }
            state.calls[numbers.lowerBound] = Call(
                rows: rows,
                states: Array(repeating: [], count: rows.count),
                missing: rows.count,
                waiter: waiter
            )
            for number in numbers { state.callOf[number] = numbers.lowerBound }
            let wantsStreams = state.queue.wantsStreams && !state.isOpening
            if wantsStreams { state.isOpening = true }
            return .taken(begin(&state), wantsStreams: wantsStreams)
        }
        switch entry {
        case .cancelled: waiter.resume(throwing: CancellationError())
        case .full:
            waiter.resume(
                throwing: EmbeddingError(
                    .overloaded,
                    "\(limits.waiting) texts wait for the encoder already; try again soon"
                )
            )
        case .taken(let started, let wantsStreams):
            start(started)
            // Not structured: the streams are for everybody who comes from now on. It happens once.
            if wantsStreams { Task { await open() } }
        }
    }

    private func leave(_ ticket: Ticket) {
        let waiter = state.withLock { state -> Waiter? in
            guard let numbers = ticket.numbers.withLock(\.self) else { return nil }
            state.queue.remove(numbers)
            return forget(numbers.lowerBound, &state)?.waiter
        }
        waiter?.resume(throwing: CancellationError())
    }

    private func forget(_ first: Int, _ state: inout State) -> Call? {
        guard let call = state.calls.removeValue(forKey: first) else { return nil }
        for number in first..<first + call.rows.count { state.callOf[number] = nil }
        return call
    }

    // MARK: - Lanes

    /// Makes the streams; without them everything goes on over the quick lane.
    private func open() async {
        guard let lanes = try? await openStreams(), !lanes.isEmpty else { return }
        let started = state.withLock { state in
            state.streams = lanes
            state.queue.open(streams: lanes.count)
            return begin(&state)
        }
        start(started)
    }

    private func begin(_ state: inout State) -> [(lane: any EncodingLane, work: Work)] {
        state.queue.begin().map { batch in (lane(of: batch, state), work(batch, state)) }
    }

    private func lane(of batch: EncodingQueue.Batch, _ state: borrowing State) -> any EncodingLane {
        switch batch.lane {
        case .quick: quick
        case .stream(let index): state.streams[index]
        }
    }

    private func work(_ batch: EncodingQueue.Batch, _ state: borrowing State) -> Work {
        let rows = batch.members.compactMap { number in
            state.callOf[number].flatMap { first in state.calls[first]?.rows[number - first] }
        }
        return Work(batch: batch, rows: rows)
    }

    private func start(_ started: [(lane: any EncodingLane, work: Work)]) {
        for (lane, work) in started {
            // Not structured: a batch belongs to several callers, and none of them may end it. It ends with the queue.
            Task { await lane.work(work, for: self) }
        }
    }

    /// Hands out what a batch came to, and starts what can run now.
    ///
    /// - Returns: the next batch of the same lane; nil where there is none.
    fileprivate func end(_ work: Work, _ result: Result<[[Float]], any Error>) -> Work? {
        let (done, started) = state.withLock { state in
            state.queue.end(work.batch.lane)
            return (deliver(work, result, &state), begin(&state))
        }
        for (waiter, result) in done { waiter.resume(with: result) }
        start(started.filter { $0.work.batch.lane != work.batch.lane })
        return started.first { $0.work.batch.lane == work.batch.lane }?.work
    }

    private func deliver(
        _ work: Work,
        _ result: Result<[[Float]], any Error>,
        _ state: inout State
    ) -> [(Waiter, Result<[[Float]], any Error>)] {
        var done: [(Waiter, Result<[[Float]], any Error>)] = []
        for (row, number) in work.batch.members.enumerated() {
            guard let first = state.callOf[number] else { continue }
            switch result {
            case .failure(let error):
                guard let call = forget(first, &state) else { continue }
                state.queue.remove(first..<first + call.rows.count)
                done.append((call.waiter, .failure(error)))
            case .success(let states):
                state.calls[first]?.states[number - first] = states[row]
                state.calls[first]?.missing -= 1
                guard state.calls[first]?.missing == 0, let call = forget(first, &state) else { continue }
                done.append((call.waiter, .success(call.states)))
            }
        }
        return done
    }
}

extension EncodingLane {
    /// Runs batches until there are no more for this lane.
    fileprivate func work(_ first: EncodingDesk.Work, for desk: EncodingDesk) {
        var next: EncodingDesk.Work? = first
        while let work = next {
            let result: Result<[[Float]], any Error>
            do {
                let states = try run(work.rows, columns: work.columns)
                precondition(states.count == work.rows.count, "a lane gives states for every row")
                result = .success(states)
            } catch {
                result = .failure(error)
            }
            next = desk.end(work, result)
        }
    }
}
