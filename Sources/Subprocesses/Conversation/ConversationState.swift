import Synchronization

/// What both sides of a conversation share: the callers, and the thread that listens to the child.
final class ConversationState: Sendable {
    typealias Reply = CheckedContinuation<Result<[UInt8], ConversationError>, Never>

    private struct Waiter {
        var ticket: Int
        var patience: Duration
        var deadline: ContinuousClock.Instant?
        var reply: Reply
    }

    private struct Contents {
        var outgoing: [UInt8] = []
        var lines: [[UInt8]] = []
        /// How many of `lines` were received.
        var received = 0
        var lineBytes = 0
        var waiters: [Waiter] = []
        var remarks: [UInt8] = []
        var tickets = 0
        var cancelled: Set<Int> = []
        var isStopRequested = false
        var isInputEnded = false
        var end: ConversationError?
        var endWaiters: [CheckedContinuation<Void, Never>] = []

        /// The oldest line. The rest moves up only now and then: a child may say a hundred thousand short ones.
        mutating func takeLine() -> [UInt8]? {
            guard received < lines.count else { return nil }
            let line = lines[received]
            lines[received] = []
            received += 1
            lineBytes -= line.count
            if received == lines.count || received >= 1_024 {
                lines.removeFirst(received)
                received = 0
            }
            return line
        }
    }

    let executable: String
    let limits: ConversationLimits
    let wake: WakeChannel
    private let clock = ContinuousClock()
    private let contents = Mutex(Contents())

    init(executable: String, limits: ConversationLimits, wake: WakeChannel) {
        self.executable = executable
        self.limits = limits
        self.wake = wake
    }

    // MARK: - The callers' side

    var isOver: Bool { contents.withLock { $0.end != nil } }

    func send(_ line: [UInt8]) throws(ConversationError) {
        let end = contents.withLock { contents -> ConversationError? in
            guard contents.end == nil, !contents.isStopRequested, !contents.isInputEnded else {
                return contents.end ?? .stopped
            }
            // One line is taken whatever its size; it is not for the queue to say how long it may be.
            guard contents.outgoing.isEmpty || contents.outgoing.count + line.count <= limits.maximumOutgoingBytes
            else {
                return .deaf(executable: executable, waiting: contents.outgoing.count)
            }
            contents.outgoing += line
            contents.outgoing.append(UInt8(ascii: "\n"))
            return nil
        }
        if let end { throw end }
        wake.signal()
    }

    func nextTicket() -> Int {
        contents.withLock { contents in
            contents.tickets += 1
            return contents.tickets
        }
    }

    func wait(_ ticket: Int, within patience: Duration?, _ reply: Reply) {
        let answer = contents.withLock { contents -> Result<[UInt8], ConversationError>? in
            if contents.cancelled.remove(ticket) != nil { return .failure(.cancelled) }
            if let line = contents.takeLine() { return .success(line) }
            if let end = contents.end { return .failure(end) }
            let deadline = patience.map { clock.now + $0 }
            contents.waiters.append(
                Waiter(ticket: ticket, patience: patience ?? .zero, deadline: deadline, reply: reply)
            )
            return nil
        }
        // The thread must look at the new deadline, or read on where it held back.
        wake.signal()
        if let answer { reply.resume(returning: answer) }
    }

    func cancel(_ ticket: Int) {
        let waiter = contents.withLock { contents -> Waiter? in
            guard let index = contents.waiters.firstIndex(where: { $0.ticket == ticket }) else {
                contents.cancelled.insert(ticket)
                return nil
            }
            return contents.waiters.remove(at: index)
        }
        waiter?.reply.resume(returning: .failure(.cancelled))
    }

    /// Nobody waits with that ticket any more; a cancellation may have come after its answer.
    func forget(_ ticket: Int) { contents.withLock { _ = $0.cancelled.remove(ticket) } }

    func takeRemarks() -> [UInt8] {
        contents.withLock { contents in
            defer { contents.remarks = [] }
            return Array(contents.remarks.suffix(limits.maximumRemarkBytes))
        }
    }

    func endInput() {
        contents.withLock { $0.isInputEnded = true }
        wake.signal()
    }

    func requestStop() {
        contents.withLock { $0.isStopRequested = true }
        wake.signal()
    }

    func waitForEnd(_ continuation: CheckedContinuation<Void, Never>) {
        let isOver = contents.withLock { contents in
            if contents.end == nil { contents.endWaiters.append(continuation) }
            return contents.end != nil
        }
        if isOver { continuation.resume() }
    }

    // MARK: - The thread's side

    var isStopRequested: Bool { contents.withLock { $0.isStopRequested } }
    var isInputEnded: Bool { contents.withLock { $0.isInputEnded } }

    /// Whether more is to be read: somebody waits, or there is room to keep it.
    var hasRoom: Bool {
        contents.withLock { !$0.waiters.isEmpty || $0.lineBytes < limits.maximumWaitingBytes }
    }

    /// The earliest moment at which somebody's patience ends.
    var nextDeadline: ContinuousClock.Instant? {
        contents.withLock { $0.waiters.compactMap(\.deadline).min() }
    }

    func takeOutgoing() -> [UInt8] {
        contents.withLock { contents in
            defer { contents.outgoing = [] }
            return contents.outgoing
        }
    }

    func deliver(_ line: [UInt8]) {
        let waiter = contents.withLock { contents -> Waiter? in
            if !contents.waiters.isEmpty { return contents.waiters.removeFirst() }
            contents.lines.append(line)
            contents.lineBytes += line.count
            return nil
        }
        waiter?.reply.resume(returning: .success(line))
    }

    func remark(_ bytes: ArraySlice<UInt8>) {
        let limit = limits.maximumRemarkBytes
        contents.withLock { contents in
            if bytes.count >= limit {
                contents.remarks = Array(bytes[(bytes.endIndex - limit)...])
            } else {
                contents.remarks += bytes
                if contents.remarks.count > 2 * limit { contents.remarks.removeFirst(contents.remarks.count - limit) }
            }
        }
    }

    func expire() {
        let now = clock.now
        let late = contents.withLock { contents in
            let late = contents.waiters.filter { waiter in waiter.deadline.map { $0 <= now } ?? false }
            contents.waiters.removeAll { waiter in late.contains { $0.ticket == waiter.ticket } }
            return late
        }
        for waiter in late {
            waiter.reply.resume(returning: .failure(.timedOut(executable: executable, after: waiter.patience)))
        }
    }

    /// The child is gone: what it said last is kept, everything else is answered with its end.
    func finish(_ status: TerminationStatus, lineWasTooLong: Bool) {
        let (waiters, endWaiters, end) = contents.withLock { contents in
            let end: ConversationError =
                if lineWasTooLong {
                    .lineTooLong(executable: executable, limit: limits.maximumLineBytes)
                } else if contents.isStopRequested || contents.isInputEnded {
                    .stopped
                } else {
                    .ended(executable: executable, status, said: SubprocessError.lastWords(of: contents.remarks))
                }
            contents.end = end
            defer {
                contents.waiters = []
                contents.endWaiters = []
                contents.outgoing = []
            }
            return (contents.waiters, contents.endWaiters, end)
        }
        wake.close()
        for waiter in waiters { waiter.reply.resume(returning: .failure(end)) }
        for waiter in endWaiters { waiter.resume() }
    }
}
