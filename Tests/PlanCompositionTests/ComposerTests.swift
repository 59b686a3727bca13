import JSONSchema
import SkillCatalog
import SkillRetrieval
import TestSupport
import Testing

@testable import PlanComposition

@Suite("The composer")
struct ComposerTests {
    private func input(_ marked: String, _ candidates: [[Candidate]], _ skills: [Skill] = []) -> CompositionInput {
        let request = MarkedRequest(marked)
        return CompositionInput(
            request: request.text,
            decomposer: "test",
            subtasks: request.subtasks,
            candidates: candidates,
            skills: Dictionary(uniqueKeysWithValues: skills.map { ($0.id, $0) })
        )
    }

    @Test("plans the running example from end to end")
    func example() {
        let plan = Samples.example
        #expect(
            plan.steps.map(\.qualifiedName) == ["http-fetch.download", "etl-pipeline.transform", "chart-gen.report"]
        )
        #expect(plan.groups == [["s1"], ["s2"], ["s3"]])
        #expect(plan.steps[0].arguments == ["url": "https://example.org/sales.csv"])
        #expect(plan.steps[2].arguments == ["csv_path": ["$from": "s2", "path": "/path"]])
        #expect(plan.questions.map(\.argument) == ["title"])
        #expect(plan.questions[0].text == "What should chart-gen.report use as title? (Heading)")
        #expect(plan.diagnostics.isEmpty)
    }

    @Test("keeps a step that nothing fits, and names the nearest miss")
    func abstention() {
        let plan = Composer().compose(
            input(
                "[Fetch the page] and [fold the laundry] and [mow the lawn]",
                [[Candidate(skill: "web", score: 0.5)], [Candidate(skill: "web", tool: "get", score: 0.0749)], []]
            )
        )
        #expect(plan.steps.map(\.skill) == ["web", nil, nil])
        #expect(
            plan.steps[1].abstention == "no skill fits; the nearest is web.get: it scores 0.07, 0.10 are needed"
        )
        #expect(plan.steps[2].abstention == "the library offers no skill for this step")
        #expect(!plan.fitsNothing)
    }

    @Test("says so when nothing fits at all")
    func fitsNothing() {
        let plan = Composer().compose(input("[fold the laundry]", [[]]))
        #expect(plan.fitsNothing)
        #expect(plan.diagnostics == ["nothing in the library fits this request"])
    }

    @Test("says when it passed over the best candidate, and why")
    func preference() {
        let audio = Samples.skill("audio", Samples.tool("make", returns: ["audio_path": ["type": "string"]]))
        let csv = Samples.skill("csv", Samples.tool("make", returns: ["csv_path": ["type": "string"]]))
        let reader = Samples.skill("reader", Samples.tool("read", takes: ["!csv_path": ["type": "string"]]))
        let plan = Composer().compose(
            input(
                "[Export the numbers] and [check them]",
                [
                    [
                        Candidate(skill: "audio", tool: "make", score: 0.5),
                        Candidate(skill: "csv", tool: "make", score: 0.49),
                    ],
                    [Candidate(skill: "reader", tool: "read", score: 0.5)],
                ],
                [audio, csv, reader]
            )
        )
        #expect(plan.steps[0].skill == "csv")
        #expect(
            plan.diagnostics == [
                "s1: csv.make (0.49) was preferred to audio.make (0.50) because it suits the step's words and the other steps better"
            ]
        )
        #expect(plan.steps[1].arguments == ["csv_path": ["$from": "s1", "path": "/csv_path"]])
    }

    @Test("binds a result that reaches a step past the edges that are left")
    func impliedFlow() {
        let maker = Samples.skill("maker", Samples.tool("make", returns: ["invoice_id": ["type": "string"]]))
        let mailer = Samples.skill(
            "mailer",
            Samples.tool("send", takes: ["!invoice_id": ["type": "string"]], returns: ["mail_id": ["type": "string"]])
        )
        let logger = Samples.skill(
            "logger",
            Samples.tool("log", takes: ["!invoice_id": ["type": "string"], "!mail_id": ["type": "string"]])
        )
        let plan = Composer().compose(
            input(
                "[Create an invoice], [mail the invoice], and [log the invoice with the mail]",
                [
                    [Candidate(skill: "maker", tool: "make", score: 1)],
                    [Candidate(skill: "mailer", tool: "send", score: 1)],
                    [Candidate(skill: "logger", tool: "log", score: 1)],
                ],
                [maker, mailer, logger]
            )
        )
        #expect(plan.steps[2].dependsOn == ["s2"])
        #expect(plan.steps[2].arguments?["invoice_id"] == ["$from": "s1", "path": "/invoice_id"])
        #expect(plan.steps[2].arguments?["mail_id"] == ["$from": "s2", "path": "/mail_id"])
    }

    @Test("plans with skills it does not know, and says nothing of their arguments")
    func unknownSkill() {
        let plan = Composer().compose(input("[do a thing]", [[Candidate(skill: "x", tool: "y", score: 0.9)]]))
        #expect(plan.steps[0].qualifiedName == "x.y")
        #expect(plan.steps[0].arguments == nil && plan.questions.isEmpty)
    }

    @Test("keeps the tool open where the candidate names none")
    func noTool() {
        let plan = Composer().compose(
            input("[do a thing]", [[Candidate(skill: "http-fetch", score: 0.9)]], [Samples.httpFetch])
        )
        #expect(plan.steps[0].tool == nil && plan.steps[0].arguments == nil)
    }

    @Test("makes a valid plan of scores that are no numbers, of missing lists and of no steps")
    func oddInput() {
        let odd = Composer().compose(
            input(
                "[a], [b], then [c]",
                [[Candidate(skill: "x", score: .nan)], [Candidate(skill: "x", score: .infinity)]]
            )
        )
        #expect(odd.steps.map(\.skill) == [nil, nil, nil])
        #expect(PlanValidator { _ in nil }.validate(odd).isEmpty)
        #expect(Composer().compose(input("", [])).steps.isEmpty)
    }

    @Test("makes valid plans of requests put together at random", arguments: 0..<40)
    func randomRequests(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "fetch the data", "clean it", "then", "after that", "before", "plot", "the results", "create a report",
            "also",
            "finally", "send both to Bob", ",", ".", "and", "once done", "'quoted", "it", "in parallel", "everything",
        ]
        var marked = ""
        for _ in 0..<12 {
            let piece = pieces.randomElement(using: &generator) ?? ""
            marked += Bool.random(using: &generator) ? "[\(piece)] " : "\(piece) "
        }
        let plan = Composer().compose(input(marked, []))
        #expect(PlanValidator { _ in nil }.validate(plan).isEmpty, "\(marked)")
        #expect(plan.groups.flatMap(\.self).count == plan.steps.count)
    }
}
