import Synchronization

/// Where the thread that runs a transfer and the task that waits for it meet.
final class Exchange: Sendable {
    private struct State {
        var body: BodyBuffer
        var head: Result<HTTPResponseHead, any Error>?
        var headWaiter: CheckedContinuation<HTTPResponseHead, any Error>?
        var bodyWaiter: BodyWaiter?
    }

    private typealias BodyWaiter = CheckedContinuation<[UInt8]?, any Error>

    private let state: Mutex<State>

    init(bufferedBodyBytes: Int) {
        state = Mutex(State(body: BodyBuffer(capacity: bufferedBodyBytes)))
    }

    // MARK: - The transfer's side

    func receive(head: HTTPResponseHead) {
        let waiter = state.withLock { state in
            if state.head == nil { state.head = .success(head) }
            return state.headWaiter.take()
        }
        waiter?.resume(returning: head)
    }

    /// False when the transfer has to pause and offer the piece again.
    func receive(body piece: UnsafeRawBufferPointer) -> Bool {
        let bytes = Array(piece)
        let (isTaken, waiter) = state.withLock { state -> (Bool, BodyWaiter?) in
            // Somebody waits only where nothing is stored, so the order is kept.
            guard let waiter = state.bodyWaiter.take() else { return (state.body.receive(bytes), nil) }
            return (true, waiter)
        }
        waiter?.resume(returning: bytes)
        return isTaken
    }

    /// Ends the exchange; only the first end counts.
    func end(_ outcome: Result<Void, any Error>) {
        let (headWaiter, bodyWaiter) = state.withLock { state in
            state.body.end(outcome)
            if state.head == nil { state.head = Self.headless(outcome) }
            return (state.headWaiter.take(), state.bodyWaiter.take())
        }
        headWaiter?.resume(with: Self.headless(outcome))
        bodyWaiter?.resume(with: outcome.map { nil })
    }

    /// How waiting for the head ends when the transfer is over without one.
    private static func headless(_ outcome: Result<Void, any Error>) -> Result<HTTPResponseHead, any Error> {
        outcome.flatMap { .failure(HTTPError(.malformedResponse, detail: "the answer has no status line")) }
    }

    // MARK: - The reader's side

    /// Waits for the head.
    func head() async throws -> HTTPResponseHead {
        try await withCheckedThrowingContinuation { continuation in
            let known = state.withLock { state in
                if state.head == nil { state.headWaiter = continuation }
                return state.head
            }
            if let known { continuation.resume(with: known) }
        }
    }

    /// Waits for the next piece of the body; nil at its end.
    ///
    /// - Parameter resume: called when the transfer was paused and is to go on.
    func nextPiece(resume: () -> Void) async throws -> [UInt8]? {
        try await withCheckedThrowingContinuation { continuation in
            let taken = state.withLock { state in
                let taken = state.body.take()
                if case .wait = taken { state.bodyWaiter = continuation }
                return taken
            }
            switch taken {
            case .wait: break
            case .piece(let bytes, let resumes):
                if resumes { resume() }
                continuation.resume(returning: bytes)
            case .ended: continuation.resume(returning: nil)
            case .failed(let error): continuation.resume(throwing: error)
            }
        }
    }

    /// Ends waiting, now and later, by `CancellationError`.
    func cancel() {
        let (headWaiter, bodyWaiter) = state.withLock { state in
            state.body.abandon(CancellationError())
            if state.head == nil { state.head = .failure(CancellationError()) }
            return (state.headWaiter.take(), state.bodyWaiter.take())
        }
        headWaiter?.resume(throwing: CancellationError())
        bodyWaiter?.resume(throwing: CancellationError())
    }
}
