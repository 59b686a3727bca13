import JSONSchema
import SkillCatalog
import SkillRetrieval
import Testing

@testable import PlanComposition

@Suite("Fan-outs and conditions that a request words")
struct WordedConstructsTests {
    private static let text: JSONValue = ["type": "string"]
    private static let number: JSONValue = ["type": "number"]
    private static let skills: [String: Skill] = {
        let tools = [
            Samples.tool(
                "list_files",
                takes: ["folder": text],
                returns: ["file_paths": ["type": "array", "items": text]]
            ),
            Samples.tool(
                "search",
                takes: ["!query": text],
                returns: [
                    "results": [
                        "type": "array", "items": ["type": "object", "properties": ["url": text, "title": text]],
                    ]
                ]
            ),
            Samples.tool("fetch", takes: ["!url": ["type": "string", "format": "uri"]], returns: ["page": text]),
            Samples.tool("summarize_file", takes: ["!file_path": text], returns: ["summary": text]),
            Samples.tool("usage", returns: ["usage_percent": number, "host": text]),
            Samples.tool(
                "errors",
                returns: ["error_count": ["type": "integer"], "warning_count": ["type": "integer"]]
            ),
            Samples.tool("alert", takes: ["team": text], returns: [:]),
            Samples.tool("weather", takes: ["!city": text], returns: ["forecast": text]),
            Samples.tool("mail", takes: ["!body": text], returns: [:]),
        ]
        return Dictionary(uniqueKeysWithValues: tools.map { ($0.name, Samples.skill($0.name, $0)) })
    }()

    private func plan(_ request: String, _ tools: String...) -> Plan {
        let marked = MarkedRequest(request)
        let plan = Composer().compose(
            CompositionInput(
                request: marked.text,
                decomposer: "test",
                subtasks: marked.subtasks,
                candidates: tools.map { [Candidate(skill: $0, tool: $0, score: 0.8)] },
                skills: Self.skills
            )
        )
        let errors = PlanValidator(skills: Self.skills).validate(plan).filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors)")
        #expect(PlanSchemaTests.schema.violations(in: plan.json).isEmpty)
        return plan
    }

    @Test("run a step for each file of a list")
    func files() {
        let plan = plan(
            "[List the files in ./reports] and [summarize each of the files]",
            "list_files",
            "summarize_file"
        )
        #expect(plan.steps[1].forEach?.list == ["$from": "s1", "path": "/file_paths"])
        #expect(plan.steps[1].arguments == ["file_path": ["$item": ""]])
        #expect(plan.steps[1].forEach?.cue == "each of the files")
    }

    @Test("reach into the elements of a list of objects")
    func members() {
        let plan = plan("[Search for 'swift'] and [for every result fetch the page]", "search", "fetch")
        #expect(plan.steps[1].forEach?.list == ["$from": "s1", "path": "/results"])
        #expect(plan.steps[1].arguments?["url"] == ["$item": "/url"])
    }

    @Test("go on to the steps that use what each of them yields")
    func followed() {
        let plan = plan(
            "[Search for 'swift'], [fetch each of the results], and [mail the page]",
            "search",
            "fetch",
            "mail"
        )
        #expect(plan.steps[2].forEach?.list == ["$from": "s2", "path": ""])
        #expect(plan.steps[2].arguments?["body"] == ["$item": "/page"])
    }

    @Test("take a list that stands in the request")
    func literal() {
        let plan = plan("[Get the weather for each of the cities 'Bonn', 'Kiel' and 'Ulm']", "weather")
        #expect(plan.steps[0].forEach?.list == ["Bonn", "Kiel", "Ulm"])
        #expect(plan.steps[0].arguments?["city"] == ["$item": ""])
    }

    @Test("ask for a list that is nowhere")
    func asked() {
        let plan = plan("[Get the weather for each of our branches]", "weather")
        #expect(plan.steps[0].forEach?.list == [])
        #expect(plan.questions.map(\.argument) == [PlanQuestion.fanOutList])
    }

    @Test("are none where a word such as every counts time")
    func time() {
        #expect(plan("[Get the weather of 'Bonn' every day]", "weather").steps[0].forEach == nil)
    }

    @Test("bind the left side of a condition to the result it speaks of")
    func condition() {
        let pronoun = plan("[Check the disk usage], and if it exceeds 80 %, [alert the team]", "usage", "alert")
        #expect(pronoun.steps[1].condition?.left == ["$from": "s1", "path": "/usage_percent"])
        #expect(pronoun.steps[1].condition?.right == 80)
        #expect(pronoun.steps[1].dependsOn == ["s1"])
        let counted = plan("[Read the log], [alert the team when there are more than 3 errors]", "errors", "alert")
        #expect(counted.steps[1].condition?.left == ["$from": "s1", "path": "/error_count"])
        let denied = plan(
            "[Read the log], and unless there are fewer than 5 warnings, [alert the team]",
            "errors",
            "alert"
        )
        #expect(denied.steps[1].condition?.comparison == .atLeast)
        #expect(denied.steps[1].condition?.left == ["$from": "s1", "path": "/warning_count"])
    }

    @Test("ask for a left side that nothing provides")
    func open() throws {
        let plan = plan("[List the files in ./logs], and if it exceeds 80 %, [alert the team]", "list_files", "alert")
        #expect(plan.steps[1].condition?.left == .null)
        let question = try #require(plan.questions.first)
        #expect(question.argument == PlanQuestion.conditionSide && question.text.contains("if it exceeds 80"))
    }
}
