import JSONSchema
import TestSupport
import Testing

/// A model that works with real bundled skills.
@Suite(
    "skillweaver agent and chat",
    .enabled(if: SkillWeaverCommand.isUsable && ScriptedServer.isAvailable, SkillWeaverCommand.absence)
)
struct AgentCommandTests {
    /// A streamed reply that calls a tool, or says something.
    private static func reply(_ text: String = "", calling tool: String? = nil, _ arguments: String = "{}")
        -> ScriptedResponse
    {
        var delta: JSONObject = ["role": "assistant", "content": .string(text)]
        if let tool {
            delta["tool_calls"] = [
                [
                    "index": 0, "id": "call_1", "type": "function",
                    "function": ["name": .string(tool), "arguments": .string(arguments)],
                ]
            ]
        }
        let reason: JSONValue = tool == nil ? "stop" : "tool_calls"
        let chunks: [JSONValue] = [
            ["choices": [["index": 0, "delta": .object(delta), "finish_reason": .null]]],
            ["choices": [["index": 0, "delta": [:], "finish_reason": reason]]],
        ]
        return .chunked(chunks.map { "data: \($0.serialized())\n\n" } + ["data: [DONE]\n\n"])
    }

    @Test("the task's skill is loaded, its tool runs, and the answer is on stdout")
    func agent() async throws {
        try await withSkillWeaver(asking: [
            Self.reply(calling: "read_file", #"{"path": "notes.txt"}"#), Self.reply("It says hello."),
        ]) { skillweaver, server in
            try await withTemporaryFolder { folder in
                try write("hello from the workspace", to: "\(folder)/notes.txt")
                let outcome = try await skillweaver(
                    "agent",
                    "Read the file notes.txt",
                    "--workspace",
                    folder,
                    "--sandbox",
                    "off",
                    "--transcript",
                    "\(folder)/transcript.jsonl"
                )
                #expect(outcome.code == 0, "\(outcome.errors)")
                #expect(outcome.output == "It says hello.\n")
                #expect(outcome.errors.contains("loaded for the request: file-ops"))
                let requests = try server.requests()
                #expect(requests.count == 2)
                let last = try requests[1].json()["messages"]?.arrayValue?.last
                #expect(last?["role"] == "tool")
                #expect(last?["content"]?.stringValue?.contains("hello from the workspace") == true)
                let events = try text(of: "\(folder)/transcript.jsonl").split(separator: "\n").map {
                    try JSONParser.parse(String($0))["event"]
                }
                #expect(
                    events == ["routed", "context", "replied", "calling", "returned", "context", "replied", "finished"]
                )
            }
        }
    }

    @Test(
        "a destructive call is refused where nobody can be asked, and made where all is allowed",
        arguments: ["ask", "auto"]
    )
    func approval(who: String) async throws {
        try await withSkillWeaver(asking: [
            Self.reply(calling: "delete_file", #"{"path": "old.txt"}"#), Self.reply("Done."),
        ]) { skillweaver, _ in
            try await withTemporaryFolder { folder in
                try write("old", to: "\(folder)/old.txt")
                let outcome = try await skillweaver(
                    "agent",
                    "Delete the file old.txt",
                    "--workspace",
                    folder,
                    "--sandbox",
                    "off",
                    "--approve",
                    who,
                    "--load",
                    "file-ops"
                )
                #expect(outcome.code == 0)
                let isThere = (try? text(of: "\(folder)/old.txt")) != nil
                #expect(isThere == (who == "ask"))
            }
        }
    }

    @Test("a chat goes on over several lines, and commands of its own ask no model")
    func chat() async throws {
        try await withSkillWeaver(asking: [Self.reply("First."), Self.reply("Second.")]) { skillweaver, server in
            let input = "/loaded\nhello\n/load git\n/nonsense\nand again\n/quit\nnever\n"
            let outcome = try await skillweaver("chat", "--menu-only", input: input)
            #expect(outcome.output == "First.\nSecond.\n")
            #expect(outcome.errors.contains("nothing is loaded") && outcome.errors.contains("Loaded skill 'git'"))
            #expect(outcome.errors.contains("there is no /nonsense"))
            #expect(try server.requests().count == 2)
        }
    }

    @Test("without a model the command says how to name one")
    func noModel() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let outcome = try await skillweaver("agent", "do it", "--json")
            #expect(outcome.code != 0)
            #expect(outcome.error?["message"]?.stringValue?.contains("model") == true)
        }
    }
}
