import SkillRetrieval
import Testing

@testable import PlanComposition

@Suite("Dependencies that a decomposer states")
struct StatedEdgeTests {
    private func plan(_ request: String, _ steps: [String], _ dependencies: [String: [String]]?) -> Plan {
        Composer().compose(
            CompositionInput(
                request: request,
                decomposer: "test",
                subtasks: steps.enumerated().map { Subtask(id: "s\($0 + 1)", text: $1) },
                candidates: [],
                skills: [:],
                dependencies: dependencies
            )
        )
    }

    private func edges(_ plan: Plan) -> [String] { plan.edges.map { "\($0.from)>\($0.to)" } }

    @Test(
        "become edges, whatever order they name, and leave a valid plan",
        arguments: [
            (["s2": ["s1"], "s3": ["s2"]], ["s1>s2", "s2>s3"]),
            (["s3": ["s1", "s2"]], ["s1>s3", "s2>s3"]),
            (["s1": ["s3"]], ["s3>s1"]),
            ([:], []),
            (["s2": ["s9", "s2", "s1"], "s7": ["s1"]], ["s1>s2"]),
            (["s1": ["s2"], "s2": ["s3"], "s3": ["s1"]], ["s2>s1", "s3>s2"]),
        ] as [([String: [String]], [String])]
    )
    func edges(dependencies: [String: [String]], expected: [String]) {
        let plan = plan("数据 图表 邮件", ["数据", "图表", "邮件"], dependencies)
        #expect(edges(plan) == expected)
        #expect(PlanValidator { _ in nil }.validate(plan).isEmpty)
        #expect(plan.edges.allSatisfy { $0.reason?.kind == .stated })
        #expect(plan.diagnostics.allSatisfy { !$0.contains("keep the order") })
    }

    @Test("leave what the wording shows and drop what only the order suggested")
    func wording() {
        let request = "Run the tests, then deploy the service and post the report of the tests"
        let steps = ["Run the tests", "deploy the service", "post the report of the tests"]
        #expect(edges(plan(request, steps, nil)).contains("s1>s2"))
        #expect(!edges(plan(request, steps, ["s3": ["s1"]])).contains("s1>s2"))
        #expect(edges(plan(request, steps, ["s3": ["s1"]])).contains("s1>s3"))
    }

    @Test("are not asked for: a plan without them is as before")
    func absent() {
        let plan = plan("数据 图表", ["数据", "图表"], nil)
        #expect(edges(plan) == ["s1>s2"])
        #expect(plan.edges.first?.reason?.kind == .unread)
    }
}
