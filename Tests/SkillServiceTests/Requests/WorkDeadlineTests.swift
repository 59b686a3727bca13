import Testing

@testable import SkillService

@Suite("The deadline of works")
struct WorkDeadlineTests {
    private struct Fault: Error {}

    @Test("lets work that is quick enough give what it gives, and fail as it fails", .timeLimit(.minutes(5)))
    func quick() async throws {
        let deadline = WorkDeadline(.seconds(600))
        for number in 0..<100 {
            let value = try await deadline.run { number }
            #expect(value == number)
        }
        await #expect(throws: Fault.self) { try await deadline.run { throw Fault() } }
        #expect(deadline.count == 0)
    }

    @Test("cancels what is late, and says so once it has ended", .timeLimit(.minutes(5)))
    func late() async throws {
        let deadline = WorkDeadline(.milliseconds(20))
        for _ in 0..<3 {
            await #expect(throws: WorkDeadline.Passed.self) {
                try await deadline.run {
                    // Ends with its cancellation alone.
                    for await _ in AsyncStream<Never>.makeStream().stream {}
                    #expect(Task.isCancelled)
                }
            }
        }
        #expect(deadline.count == 0)
    }

    @Test("cancels the work of a caller who is cancelled", .timeLimit(.minutes(5)))
    func caller() async throws {
        let deadline = WorkDeadline(.seconds(600))
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let caller = Task {
            try await deadline.run {
                begin.yield()
                for await _ in AsyncStream<Never>.makeStream().stream {}
                try Task.checkCancellation()
            }
        }
        for await _ in begun { break }
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
        #expect(deadline.count == 0)
    }
}
