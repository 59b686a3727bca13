import SkillEvaluation
import TestSupport
import Testing

@Suite("The halves of a task set")
struct TaskPartTests {
    @Test("hold every task once, and about as many each")
    func halves() {
        let ids = (0..<2_000).map { "nestful-glaive-\($0)" }
        let development = ids.count { TaskPart.development.contains($0) }
        #expect(ids.allSatisfy { TaskPart.development.contains($0) != TaskPart.test.contains($0) })
        #expect(ids.allSatisfy(TaskPart.all.contains))
        #expect((900...1_100).contains(development))
    }

    @Test("are the same on every machine")
    func stable() {
        let some = (0..<12).map { TaskPart.development.contains("nestful-glaive-\($0)") }
        #expect(some == [true, true, true, false, true, false, false, true, false, false, false, true])
    }

    @Test(
        "are told from random pairs by the compatibility of typed tools",
        .enabled(if: SharedData.path("data/tasks") != nil, SharedData.absence)
    )
    func compatibility() async throws {
        let tasks = try #require(SharedData.path("data/tasks"))
        let benchmark = try await CompatibilityBenchmark(
            tools: try LibraryFile("\(tasks)/nestful.tools.jsonl"),
            queries: "\(tasks)/nestful.queries.jsonl"
        )
        let held = try #require(benchmark.figures(of: .test))
        // Chance is 0.5; so clear a lead is no accident of the seed.
        #expect(held.edges > 50 && held.areaUnderCurve > 0.7)
        #expect(benchmark.figures(of: .test) == held)
    }
}
