import JSONSchema
import SkillRetrieval
import Testing

@testable import PlanComposition

@Suite("A plan as a table")
struct PlanTableTests {
    @Test("shows steps, skills, scores, what each waits for, and what is asked")
    func example() {
        #expect(
            Samples.example.table(width: 80) == """
                step  sub-task                              skill                   score  after
                ────  ────────────────────────────────────  ──────────────────────  ─────  ─────
                s1    Download the dataset from             http-fetch.download      0.61  –
                      https://example.org/sales.csv
                s2    transform it                          etl-pipeline.transform   0.44  s1
                s3    create a visual report                chart-gen.report         0.57  s2

                order: s1 → s2 → s3
                ? s3: What should chart-gen.report use as title? (Heading)
                """
        )
    }

    @Test("shows parallel steps together and why a step has no skill")
    func parallel() {
        var plan = Samples.plan(["s1": [], "s2": [], "s3": ["s1", "s2"]])
        plan.steps[1].skill = nil
        plan.steps[1].abstention = "nothing fits"
        #expect(
            plan.table(width: 60) == """
                step  sub-task  skill        score  after
                ────  ────────  ───────────  ─────  ──────
                s1    do s1     x             0.00  –
                s2    do s2     — none fits   0.00  –
                      nothing fits
                s3    do s3     x             0.00  s1, s2

                order: [s1 | s2] → s3
                """
        )
    }

    @Test("never grows wider than the terminal", arguments: [48, 60, 100])
    func widths(width: Int) {
        var plan = Samples.example
        plan.steps[0].subtask.text = String(repeating: "データセット", count: 20) + String(repeating: "long ", count: 40)
        plan.steps[1].skill = String(repeating: "very-long-skill-name", count: 5)
        plan.steps[2].dependsOn = (1...30).map { "s\($0)" }
        plan.diagnostics = [String(repeating: "remark ", count: 60)]
        for line in plan.table(width: width).split(separator: "\n") {
            #expect(DisplayText.width(String(line)) <= width)
        }
    }

    @Test("does not let a text move the cursor")
    func hostile() {
        var plan = Samples.example
        plan.steps[0].subtask.text = "a\u{1B}[2J\nb"
        plan.diagnostics = ["x\u{7}\u{1B}]0;title\u{7}"]
        let table = plan.table(width: 80)
        #expect(!table.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
}

@Suite("Fan-outs and conditions on display")
struct ConstructDisplayTests {
    private let plan: Plan = {
        var plan = Samples.plan(["s1": [], "s2": ["s1"]])
        plan.steps[1].forEach = FanOut(list: ["$from": "s1", "path": "/files"])
        plan.steps[1].condition = StepCondition(left: ["$item": "/size"], is: .above, right: 80)
        plan.flags = [PlanFlag(.privateToPublic, from: "s1", to: "s2", why: "it leaks")]
        return plan
    }()

    @Test("stand in the table, in Mermaid and in DOT")
    func shown() {
        for text in [plan.table(), plan.mermaid, plan.dot] {
            #expect(text.contains("for each of s1/files"))
            #expect(text.contains("when the element/size is above 80"))
        }
        #expect(plan.table().contains("it leaks"))
    }
}
