/// What happens in a run, from its beginning or resumption until it ends or pauses.
///
/// Iterating drives the run: it begins with the first `next`, and cancelling the iterating task, or letting go of the
/// iterator, stops what is under way and pauses the run. Events are read from the journal as they are asked for, so that
/// a slow reader holds up nobody and keeps nothing in memory.
public struct RunEvents: AsyncSequence, Sendable {
    public typealias Element = RunEvent

    /// What there is to drive.
    struct Beginning: Sendable {
        var run: String
        var after: Int
        var store: any RunStore
        var drive: @Sendable (@escaping @Sendable (Int) -> Void) async throws -> Void
    }

    private let begin: @Sendable () async throws -> Beginning

    init(_ begin: @escaping @Sendable () async throws -> Beginning) { self.begin = begin }

    /// The same sequence, made when it is iterated: for callers that have to prepare something first.
    package static func deferred(_ make: @escaping @Sendable () async throws -> RunEvents) -> RunEvents {
        RunEvents { try await make().begin() }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(begin: begin) }

    /// Drives the run while it is asked for events.
    public struct Iterator: AsyncIteratorProtocol {
        private let begin: @Sendable () async throws -> Beginning
        private var beginning: Beginning?
        private var driving: Driving?
        private var buffer: ArraySlice<JournalEntry> = []
        private var last = 0

        fileprivate init(begin: @escaping @Sendable () async throws -> Beginning) { self.begin = begin }

        /// - Throws: what made the run impossible to begin or to go on with; a step that fails is an event.
        public mutating func next() async throws -> RunEvent? {
            let beginning: Beginning
            if let known = self.beginning {
                beginning = known
            } else {
                beginning = try await begin()
                last = beginning.after
                self.beginning = beginning
            }
            let driving = self.driving ?? Driving(beginning.drive)
            self.driving = driving
            while buffer.isEmpty {
                let isOver = driving.signal.isOver
                buffer = ArraySlice(try await beginning.store.entries(of: beginning.run, after: last, limit: 256))
                guard buffer.isEmpty else { break }
                guard !isOver else {
                    try await driving.task.value
                    return nil
                }
                let sequence = last
                await withTaskCancellationHandler {
                    await driving.signal.wait(beyond: sequence)
                } onCancel: {
                    driving.task.cancel()
                }
            }
            guard let entry = buffer.popFirst() else { return nil }
            last = entry.sequence
            return RunEvent(run: beginning.run, entry: entry)
        }
    }

    /// The task that drives a run; it ends with the iterator that began it.
    private final class Driving: Sendable {
        let signal = CommitSignal()
        let task: Task<Void, any Error>

        init(_ drive: @escaping @Sendable (@escaping @Sendable (Int) -> Void) async throws -> Void) {
            let signal = signal
            // Not a child of the iterating task, which only waits now and then; bound to this object's life.
            task = Task {
                defer { signal.end() }
                try await drive { signal.grown(to: $0) }
            }
        }

        deinit { task.cancel() }
    }
}

extension RunDriver {
    /// Drives a run that is there and says what happens.
    ///
    /// - Parameter commands: appended first; made from the state the run is in.
    package func events(
        of run: String,
        prompter: RunExecutor.Prompter? = nil,
        commands: @escaping @Sendable (RunState) throws -> [RunTransition] = { _ in [] }
    ) -> RunEvents {
        RunEvents {
            let state = try await store.state(of: run)
            let commands = try commands(state)
            return RunEvents.Beginning(run: run, after: state.sequence, store: store) { onCommit in
                try await drive(run, commands: commands, prompter: prompter, onCommit: onCommit)
            }
        }
    }
}
