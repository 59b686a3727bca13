import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver route", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct RouteCommandTests {
    private let example = "Download the dataset, transform it, and create a visual report"

    @Test("plans the example over the bundled skills: fetch, transform, draw, one after the other")
    func example() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver("route", example, "--json")
            #expect(outcome.code == 0)
            let plan = try outcome.json
            let steps = try #require(plan["steps"]?.arrayValue)
            let skills = steps.map { $0["skill"]?.stringValue ?? "" }
            try #require(skills.count == 3)
            #expect(["http-fetch", "api-client"].contains(skills[0]))
            #expect(["csv-parser", "etl-pipeline"].contains(skills[1]))
            #expect(skills[2] == "chart-gen")
            #expect(plan["groups"] == [["s1"], ["s2"], ["s3"]])
        }
    }

    @Test("is not led astray by the words inside an address")
    func address() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let request = "Download the dataset from https://example.com/data.csv and draw a chart"
            let plan = try await skillweaver("route", request, "--json").json
            let first = try #require(plan["steps"]?.arrayValue?.first)
            #expect(first["skill"] == "http-fetch")
            #expect(first["arguments"]?["url"] == "https://example.com/data.csv")
        }
    }

    @Test("writes the JSON that was promised")
    func contract() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let plan = try await skillweaver("route", example, "--json").json
            let keys = ["request", "decomposer", "steps", "groups", "questions", "diagnostics", "tokens", "timings"]
            #expect(Array((plan.objectValue?.keys ?? []).prefix(keys.count)) == keys)
            #expect(plan["request"] == .string(example))
            #expect(plan["decomposer"] == "local")
            let step = try #require(plan["steps"]?.arrayValue?.first)
            let stepKeys = ["id", "subtask", "skill", "tool", "score", "candidates", "depends_on", "arguments"]
            #expect(Array((step.objectValue?.keys ?? []).prefix(stepKeys.count)) == stepKeys)
            let candidate = try #require(step["candidates"]?.arrayValue?.first)
            #expect(candidate.objectValue?.keys == ["skill", "tool", "score"])
            #expect(plan["tokens"]?["prompt"] == 0)
            #expect(plan["tokens"]?["completion"] == 0)
            let timings = plan["timings"]?.objectValue?.keys
            #expect(timings == ["decompose_ms", "retrieve_ms", "compose_ms", "total_ms", "refine_ms"])
        }
    }

    @Test("answers a batch in order, a line each with its id, and goes on after a line that is wrong")
    func batch() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let file = "\(folder)/batch.jsonl"
            try write(
                #"{"id":"a","query":"read a file"}"# + "\n" + #"{"id":7,"query":"xqzv wkjhq"}"# + "\n"
                    + #"{"id":"c","query":"  "}"# + "\n",
                to: file
            )
            let outcome = try await skillweaver("route", "--batch", file, "--json")
            let lines = try outcome.lines
            #expect(lines.map { $0["id"] } == ["a", 7, "c"])
            #expect(lines[2]["error"]?["code"] == "invalid-request")
            #expect(outcome.code == 1)
            let good = try await skillweaver(
                "search",
                "--batch",
                "-",
                "--top",
                "2",
                "--json",
                input: #"{"id":1,"query":"commit my changes"}"#
            )
            #expect(good.code == 0)
            #expect(try good.lines[0]["results"]?.arrayValue?.count == 2)
        }
    }

    @Test("says that nothing fits instead of inventing a fit")
    func abstention() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver("route", "qwrtz plmkn vbxyc", "--json")
            #expect(outcome.code == 3)
            let step = try #require(try outcome.json["steps"]?.arrayValue?.first)
            #expect(step["skill"] == .null)
            #expect(step["abstention"]?.stringValue?.isEmpty == false)
        }
    }

    @Test("refuses a request without words", arguments: ["", "   ", "\n\t"])
    func empty(request: String) async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver("route", request, "--json")
            #expect(outcome.code == 2)
        }
    }

    @Test(
        "handles requests in other languages, with control characters, and of 100,000 characters",
        arguments: [
            "下载数据集，转换它，然后生成图表", "Téléchargez les données et dessinez un graphique",
            "read\u{0}the\u{7}file\u{202E}", String(repeating: "read the file and ", count: 5_556),
        ]
    )
    func unusual(request: String) async throws {
        try await withSkillWeaver { skillweaver, _ in
            // Words on a command line cannot hold a zero byte, a line of a batch can.
            let line = (["id": 1, "query": .string(request)] as JSONValue).serialized() + "\n"
            let outcome = try await skillweaver("route", "--batch", "-", "--json", input: line)
            #expect(outcome.code == 0, "\(outcome.errors.prefix(300))")
            #expect(try outcome.lines[0]["steps"]?.arrayValue?.isEmpty == false)
        }
    }

    @Test(
        "draws the plan",
        arguments: [("mermaid", "flowchart"), ("dot", "digraph"), ("svg", "<svg"), ("table", "chart-gen")]
    )
    func formats(format: String, word: String) async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver("route", example, "--format", format)
            #expect(outcome.code == 0)
            #expect(outcome.output.contains(word), "\(outcome.output.prefix(200)) \(outcome.errors)")
        }
    }

    @Test("understands the global options before and after the command")
    func globalOptions() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let before = try await skillweaver("--json", "--home", "\(folder)/other", "search", "read a file")
            let after = try await skillweaver("search", "read a file", "--home", "\(folder)/other", "--json")
            #expect(before.code == 0)
            #expect(before.output == after.output)
        }
    }
}
