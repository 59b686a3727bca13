import HTTPTransport
import Synchronization
import Testing

@Suite("A concurrency limit")
struct ConcurrencyLimitTests {
    private final class Counts: Sendable {
        let state = Mutex((inside: 0, most: 0, done: 0))
    }

    @Test("lets no more tasks in than it has places, and everybody in the end")
    func limit() async throws {
        let limit = ConcurrencyLimit(3)
        let counts = Counts()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await limit.enter()
                    counts.state.withLock {
                        $0.inside += 1
                        $0.most = max($0.most, $0.inside)
                    }
                    await Task.yield()
                    counts.state.withLock {
                        $0.inside -= 1
                        $0.done += 1
                    }
                    limit.leave()
                }
            }
            try await group.waitForAll()
        }
        let (inside, most, done) = counts.state.withLock { $0 }
        #expect(inside == 0)
        #expect(most <= 3)
        #expect(done == 50)
    }

    @Test("gives no place to a task that was cancelled while it waited, and loses none")
    func cancellation() async throws {
        let limit = ConcurrencyLimit(1)
        try await limit.enter()
        let waiting = Task { try await limit.enter() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        limit.leave()
        try await limit.enter()
        limit.leave()
    }
}
