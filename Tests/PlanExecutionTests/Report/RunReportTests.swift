import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import SkillRetrieval
import Testing

@Suite("The report of a run")
struct RunReportTests {
    private typealias H = RunHarness

    @Test("says for every step what was tried, why, and how it ended")
    func report() async throws {
        let harness = H(tools: [H.tool("flaky"), H.tool("spare"), H.tool("use")])
        harness.tools.on("flaky") { _, count in
            throw count == 1 ? ToolFailure.busy : ToolFailure.broken
        }
        harness.tools.on("spare") { _, _ in ["n": 1] }
        try await harness.run([
            H.step("s1", "flaky", candidates: ["flaky", "spare"]),
            H.step(
                "s2",
                "use",
                after: ["s1"],
                when: StepCondition(left: ["$from": "s1", "path": "/n"], is: .above, right: 5)
            ),
        ])
        let report = try await RunReport.of("run-1", in: harness.store)
        #expect(report.phase == .succeeded)
        #expect(report.steps.map(\.state) == ["succeeded", "skipped"])
        #expect(report.steps.map(\.attempts) == [3, 0])
        #expect(report.steps.first?.tools == ["t.flaky", "t.spare"])
        #expect(report.steps.last?.why == "1 is not above 5")
        let lines = try #require(report.steps.first?.history.map(\.text))
        #expect(lines.contains { $0.contains("the server is busy") })
        #expect(lines.contains { $0.hasPrefix("falls back to t.spare: it does not work") })
        #expect(report.text.contains("s1  succeeded  t.flaky → t.spare  3 attempts"))
        #expect(report.json["steps"]?.arrayValue?.count == 2)
    }

    @Test("text of others cannot break its Markdown")
    func escaping() async throws {
        let harness = H(tools: [H.tool("bad")])
        harness.tools.on("bad") { _, _ in throw ToolFailure(.permanent, code: "x", "a | b\n# <script>") }
        try await harness.run([H.step("s1", "bad")])
        let page = try await RunReport.of("run-1", in: harness.store).markdown
        #expect(!page.contains("<script>") && !page.contains("\n# <") && page.contains("a \\| b"))
    }

    @Test(
        "times are written in UTC",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_709_210_096_789, "2024-02-29T12:34:56.789Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)]
    )
    func times(milliseconds: Int64, text: String) {
        #expect(RunTime(milliseconds: milliseconds).description == text)
    }

    @Test("what a run teaches holds no values, and nothing where another tool had to take over")
    func learning() async throws {
        let harness = H(tools: [H.tool("flaky"), H.tool("spare"), H.tool("use")])
        harness.tools.on("flaky") { _, _ in throw ToolFailure.broken }
        var told = H.step("s1", "use")
        told.subtask.text = "Send “Dear Ada” to ada@example.org from /home/ada about invoice 20260501, 3 times"
        let state = try await harness.run([told, H.step("s2", "flaky", candidates: ["spare"])])
        let lines = AcceptedSteps.lines(of: state)
        #expect(lines.count == 1)
        let line = try JSONParser.parse(try #require(lines.first))
        #expect(line["query"] == "Send to from about invoice 3 times")
        #expect(line["skill"] == "t" && line["tool"] == "use")
    }
}
