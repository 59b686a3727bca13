import JSONSchema
import LanguageModels
import ModelContextProtocol
import SkillHarness
import TestSupport
import Testing

@Suite(
    "What a gateway offers",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct GatewayToolTests {
    @Test("is ten tools with schemas of what goes in and out, on one page")
    func surface() async throws {
        try await GatewayFixture.with { fixture in
            let page = try await fixture.gateway.tools(after: nil)
            #expect(
                page.items.map(\.name) == [
                    "search_skills", "list_skills", "load_skill", "unload_skill", "call_tool", "plan_request",
                    "run_plan",
                    "get_run", "resume_run", "cancel_run",
                ]
            )
            #expect(page.nextCursor == nil)
            for tool in page.items {
                let input = JSONValue.object(tool.inputSchema)
                let output = try #require(tool.outputSchema)
                _ = try Schema(input)
                _ = try Schema(.object(output))
                #expect(tool.annotations != nil, "\(tool.name)")
            }
            let wrong = await #expect(throws: ProtocolError.self) { try await fixture.gateway.tools(after: "next") }
            #expect(wrong?.code == ProtocolError.Code.invalidParameters)
        }
    }

    @Test("costs a model under 4,000 tokens", .enabled(if: Installed.tokenizer != nil, "needs the token vocabulary"))
    func tokens() async throws {
        let counter = try BytePairTokenizer(vocabularyFile: #require(Installed.tokenizer))
        try await GatewayFixture.with { fixture in
            let page = try await fixture.gateway.tools(after: nil)
            let counted = counter.count(page.json.serialized())
            #expect(counted < 4_000)
            // An empty list would cost nothing too.
            #expect(counted > 500)
        }
    }

    @Test("does not change by what is loaded")
    func unchanged() async throws {
        try await GatewayFixture.with { fixture in
            let before = try await fixture.gateway.tools(after: nil)
            _ = try await fixture.call("load_skill", ["name": "clock"])
            let after = try await fixture.gateway.tools(after: nil)
            #expect(before == after)
        }
    }

    @Test("shows pinned tools beside its own, and calls them by their own names")
    func pinned() async throws {
        try await GatewayFixture.with(pinned: ["clock.time_in"]) { fixture in
            let page = try await fixture.gateway.tools(after: nil)
            #expect(page.items.last?.name == "time_in")
            let result = try await fixture.call("time_in", ["city": "Tokyo"])
            #expect(result.structuredContent?["time"] == "07:54")
        }
        await #expect(throws: GatewayProblem.self) {
            try await GatewayFixture.with(pinned: ["clock.nothing"]) { _ in }
        }
    }

    @Test("finds skills in three lengths")
    func search() async throws {
        try await GatewayFixture.with { fixture in
            let brief = try await fixture.call("search_skills", ["query": "what time is it in a city"])
            let first = brief.structuredContent?["skills"]?.arrayValue?.first
            #expect(first?["skill"] == "clock")
            #expect(first?["tool"] == "clock.time_in")
            #expect(first?["description"]?.stringValue == "Tell the current time of a city.")
            // The text says the same as the data.
            #expect(try JSONParser.parse(brief.text) == brief.structuredContent)
            let names = try await fixture.call("search_skills", ["query": "time", "detail": "names"])
            #expect(names.structuredContent?["skills"]?.arrayValue?.first?["description"] == nil)
            let full = try await fixture.call("search_skills", ["query": "time", "detail": "full"])
            #expect(full.structuredContent?["skills"]?.arrayValue?.first?["tools"]?.arrayValue?.count == 1)
        }
    }

    @Test("lists skills page by page")
    func list() async throws {
        try await GatewayFixture.with { fixture in
            let first = try await fixture.call("list_skills", ["limit": 1])
            #expect(first.structuredContent?["skills"]?.arrayValue?.count == 1)
            let cursor = try #require(first.structuredContent?["next_cursor"])
            let second = try await fixture.call("list_skills", ["limit": 1, "cursor": cursor])
            #expect(
                second.structuredContent?["skills"]?.arrayValue?.first
                    != first.structuredContent?["skills"]?.arrayValue?.first
            )
            #expect(second.structuredContent?["next_cursor"] == nil)
            let wrong = try await fixture.call("list_skills", ["cursor": "bm8"])
            #expect(wrong.isError)
        }
    }

    @Test(
        "answers wrong arguments with what is wrong and the schema",
        arguments: [
            ("search_skills", "{}"), ("search_skills", #"{"query": ""}"#), ("call_tool", #"{"arguments": {}}"#),
            ("load_skill", #"{"name": "clock", "colour": "red"}"#), ("run_plan", #"{"wait_seconds": -1}"#),
            ("nothing", "{}"), ("clock.time_in", "{}"),
        ]
    )
    func wrongArguments(_ name: String, _ arguments: String) async throws {
        try await GatewayFixture.with { fixture in
            let result = try await fixture.call(name, try #require(JSONParser.parse(arguments).objectValue))
            #expect(result.isError)
            #expect(result.text.hasPrefix("Error: "))
            if name.hasPrefix("search") || name == "load_skill" { #expect(result.text.contains("schema")) }
        }
    }

    @Test("reads skills as resources, and nothing outside them")
    func resources() async throws {
        try await GatewayFixture.with { fixture in
            let page = try await fixture.gateway.resources(after: nil)
            #expect(page.items.map(\.uri) == ["skill://clock", "skill://shredder"])
            let document = try await fixture.gateway.readResource("skill://clock", GatewayFixture.modern)
            #expect(document.contents.first?.json["text"]?.stringValue?.contains("How to use clock.") == true)
            let file = try await fixture.gateway.readResource(
                "skill://clock/references/hours.md",
                GatewayFixture.modern
            )
            #expect(file.contents.first?.json["text"]?.stringValue?.contains("Always.") == true)
            for uri in [
                "skill://nothing", "file:///etc/passwd", "skill://clock/../shredder/SKILL.md", "skill://clock/%2e%2e/x",
            ] {
                await #expect(throws: ProtocolError.self) {
                    try await fixture.gateway.readResource(uri, GatewayFixture.modern)
                }
            }
        }
    }
}
