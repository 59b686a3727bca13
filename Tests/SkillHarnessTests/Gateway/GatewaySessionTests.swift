import JSONSchema
import ModelContextProtocol
import PlanExecution
import SkillHarness
import TestSupport
import Testing

@Suite(
    "Calls through a gateway",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct GatewaySessionTests {
    @Test("load a skill into a session whose handle the client passes back")
    func handle() async throws {
        try await GatewayFixture.with { fixture in
            let loaded = try await fixture.call("load_skill", ["name": "clock"])
            let handle = try #require(loaded.structuredContent?["session"])
            #expect(loaded.structuredContent?["document"]?.stringValue?.contains("How to use clock.") == true)
            let tool = loaded.structuredContent?["tools"]?.arrayValue?.first
            #expect(tool?["tool"] == "clock.time_in")
            #expect(tool?["input_schema"]?["required"] == ["city"])
            let again = try await fixture.call("load_skill", ["name": "clock", "session": handle])
            #expect(again.structuredContent?["session"] == handle)
            // The document is not given twice in one session.
            #expect(again.structuredContent?["document"] == nil)
            let gone = try await fixture.call("unload_skill", ["name": "clock", "session": handle])
            #expect(gone.structuredContent?["unloaded"] == true)
        }
    }

    @Test("know a handle only from whoever got it, and only for its time")
    func foreignHandle() async throws {
        try await GatewayFixture.with { fixture in
            let handle = try #require(
                try await fixture.call("load_skill", ["name": "clock"]).structuredContent?["session"]
            )
            let foreign = try await fixture.call(
                "load_skill",
                ["name": "clock", "session": handle],
                GatewayFixture.other
            )
            #expect(foreign.isError)
            let guessed = try await fixture.call("load_skill", ["name": "clock", "session": "session-1"])
            #expect(guessed.isError)
            // Nobody learns whether a handle exists.
            #expect(foreign.text == guessed.text)
        }
        try await GatewayFixture.with(sessionLifetime: .zero) { fixture in
            let handle = try #require(
                try await fixture.call("load_skill", ["name": "clock"]).structuredContent?["session"]
            )
            let late = try await fixture.call("call_tool", ["tool": "clock.time_in", "session": handle])
            #expect(late.isError)
        }
    }

    @Test("work without loading anything, and explain wrong arguments with the tool's schema")
    func direct() async throws {
        try await GatewayFixture.with { fixture in
            let result = try await fixture.call("call_tool", ["tool": "clock.time_in", "arguments": ["city": "Tokyo"]])
            #expect(result.structuredContent == ["city": "Tokyo", "time": "07:54"])
            #expect(try JSONParser.parse(result.text) == result.structuredContent)
            let wrong = try await fixture.call("call_tool", ["tool": "clock.time_in", "arguments": ["town": "Tokyo"]])
            #expect(wrong.isError)
            #expect(wrong.text.contains(#""required":["city"]"#))
            let unknown = try await fixture.call("call_tool", ["tool": "clock.time"])
            #expect(unknown.isError)
            #expect(fixture.calls.all == ["time_in"])
        }
    }

    @Test("put a call that may destroy something before the person, with its exact arguments")
    func consent() async throws {
        try await GatewayFixture.with { fixture in
            var call = ToolRequest(
                name: "call_tool",
                arguments: ["tool": "shredder.shred", "arguments": ["path": "tax.pdf"]]
            )
            let first = try await fixture.gateway.callTool(call, GatewayFixture.modern)
            guard case .questions(let questions, let state) = first else { return #expect(Bool(false), "\(first)") }
            #expect(questions["allow"]?.json["params"]?["message"]?.stringValue?.contains("tax.pdf") == true)
            #expect(fixture.calls.all.isEmpty)

            call.state = state
            call.answers = ["allow": ["action": "accept", "content": ["allow": true]]]
            guard case .result(let done) = try await fixture.gateway.callTool(call, GatewayFixture.modern) else {
                return #expect(Bool(false), "no result")
            }
            #expect(done.structuredContent == ["done": true])
            #expect(fixture.calls.all == ["shred tax.pdf"])
        }
    }

    @Test(
        "do not make a call the person refused",
        arguments: [
            #"{"action": "decline"}"#, #"{"action": "cancel"}"#, #"{"action": "accept", "content": {"allow": false}}"#,
            "null",
        ]
    )
    func refusal(_ answer: String) async throws {
        try await GatewayFixture.with { fixture in
            let call = ToolRequest(
                name: "call_tool",
                arguments: ["tool": "shredder.shred", "arguments": ["path": "tax.pdf"]],
                answers: ["allow": try JSONParser.parse(answer)],
                state: ["ask": "shredder.shred"]
            )
            guard case .result(let result) = try await fixture.gateway.callTool(call, GatewayFixture.modern) else {
                return #expect(Bool(false), "no result")
            }
            #expect(result.isError)
            #expect(fixture.calls.all.isEmpty)
        }
    }

    @Test("refuse what may destroy where the client cannot ask, and say how it can be allowed")
    func noForms() async throws {
        try await GatewayFixture.with { fixture in
            let result = try await fixture.call(
                "call_tool",
                ["tool": "shredder.shred", "arguments": ["path": "tax.pdf"]],
                GatewayFixture.silent
            )
            #expect(result.isError)
            #expect(result.text.contains("approvals.json"))
            #expect(fixture.calls.all.isEmpty)
        }
        try await GatewayFixture.with(approval: .auto) { fixture in
            let result = try await fixture.call(
                "call_tool",
                ["tool": "shredder.shred", "arguments": ["path": "tax.pdf"]],
                GatewayFixture.silent
            )
            #expect(!result.isError)
        }
    }
}
