import Synchronization

/// Spans that wait to be sent, no more than a given number.
final class SpanQueue: Sendable {
    private struct State {
        var spans: [SpanData] = []
        var dropped = 0
        var isClosed = false
    }

    private let size: Int
    private let batchSize: Int
    private let state = Mutex(State())
    /// Called when a batch is full.
    private let wake: @Sendable () -> Void

    init(size: Int, batchSize: Int, wake: @escaping @Sendable () -> Void) {
        self.size = size
        self.batchSize = batchSize
        self.wake = wake
    }

    /// - Returns: false where there was no room for it.
    func add(_ span: SpanData) -> Bool {
        let (isTaken, isFull) = state.withLock { state -> (Bool, Bool) in
            guard !state.isClosed, state.spans.count < size else {
                state.dropped += 1
                return (false, false)
            }
            state.spans.append(span)
            return (true, state.spans.count == batchSize)
        }
        if isFull { wake() }
        return isTaken
    }

    /// The next batch, oldest first; nil where nothing waits.
    func next() -> [SpanData]? {
        state.withLock { state in
            guard !state.spans.isEmpty else { return nil }
            let batch = Array(state.spans.prefix(batchSize))
            state.spans.removeFirst(batch.count)
            return batch
        }
    }

    /// From now on nothing is taken.
    func close() { state.withLock { $0.isClosed = true } }

    var dropped: Int { state.withLock { $0.dropped } }
    var count: Int { state.withLock { $0.spans.count } }
}
