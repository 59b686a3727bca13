import JSONSchema
import TestSupport
import Testing

@testable import LanguageModels

@Suite("The dialect of a server", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
struct OpenAIDialectTests {
    private static let form = ChatSchema(
        name: "steps",
        schema: ["type": "object", "properties": ["steps": ["type": "array"]], "required": ["steps"]]
    )
    private static let formed = ChatRequest(messages: [.user("Split")], responseFormat: .schema(form))

    private func refusal(_ message: String, parameter: String? = nil) -> ScriptedResponse {
        let body: JSONValue = ["error": ["message": .string(message), "param": JSONValue(parameter), "code": .null]]
        return .whole(body.serialized(), status: "400 Bad Request")
    }

    @Test("is asked for a schema the strictest way it understands, and remembered")
    func structure() async throws {
        let answer = completion(["content": "```json\n{\"steps\": [\"a\"]}\n```\nThat's it!"])
        let rules = [
            ScriptedRule(["json_schema\""], refusal("This response_format type is unavailable now")),
            ScriptedRule(["json_object"], refusal("'response_format.type' must be 'json_schema' or 'text'")),
            ScriptedRule([], .whole(answer)),
        ]
        let first = ScriptedRule(
            ["json_schema\""],
            refusal("response_format: json_schema is not supported by this model")
        )
        try await withScriptedServer([:], answeringBy: [first] + rules) { server async throws in
            let model = try server.openAI()
            let reply = try await model.reply(to: Self.formed)
            #expect(reply.text == #"{"steps": ["a"]}"#)
            #expect(try server.requests().count == 3)
            _ = try await model.reply(to: Self.formed)
            let sent = try server.requests()
            #expect(sent.count == 4)
            let last = try sent[3].json()
            #expect(last["response_format"] == nil)
            let words = last["messages"]?.arrayValue?.first?["content"]?.stringValue ?? ""
            #expect(words.contains(#""required":["steps"]"#))
            let kinds = try sent.prefix(2).map { try $0.json()["response_format"]?["type"]?.stringValue }
            #expect(kinds == ["json_schema", "json_object"])
        }
    }

    @Test("keeps the schema for a server that only refuses plain objects, as LM Studio does")
    func objectOnlyRefused() async throws {
        let rules = [
            ScriptedRule(
                ["json_object"],
                .whole(
                    #"{"error":"'response_format.type' must be 'json_schema' or 'text'"}"#,
                    status: "400 Bad Request"
                )
            ),
            ScriptedRule([], .whole(completion(["content": "{}"]))),
        ]
        try await withScriptedServer([:], answeringBy: rules) { server async throws in
            let model = try server.openAI()
            _ = try await model.reply(to: ChatRequest(messages: [.user("Split")], responseFormat: .json))
            _ = try await model.reply(to: Self.formed)
            let sent = try server.requests().map { try $0.json()["response_format"]?["type"]?.stringValue }
            #expect(sent == ["json_object", nil, "json_schema"])
        }
    }

    @Test(
        "names the longest length as the server does",
        arguments: [
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            "Extra inputs are not permitted: max_tokens",
        ]
    )
    func lengthName(message: String) async throws {
        let rules = [
            ScriptedRule(["\"max_tokens\""], refusal(message, parameter: "max_tokens")),
            ScriptedRule([], .whole(completion(["content": "Hello"]))),
        ]
        try await withScriptedServer([:], answeringBy: rules) { server async throws in
            let model = try server.openAI()
            let request = ChatRequest(messages: [.user("x")], parameters: ChatParameters(maximumTokens: 7))
            _ = try await model.reply(to: request)
            _ = try await model.reply(to: request)
            let sent = try server.requests()
            #expect(sent.count == 3)
            #expect(try sent[2].json()["max_completion_tokens"] == 7)
            #expect(try sent[2].json()["max_tokens"] == nil)
        }
    }

    @Test("is not sent what it does not support")
    func withheld() async throws {
        let rules = [
            ScriptedRule(
                ["\"temperature\""],
                refusal("'temperature' does not support 0.1 with this model.", parameter: "temperature")
            ),
            ScriptedRule(["\"seed\""], refusal("Unknown field: seed")),
            ScriptedRule(["stream_options"], refusal("Unrecognized request argument supplied: stream_options")),
            ScriptedRule([], .chunked([chunk(["content": "Hello"], finish: "stop")])),
        ]
        try await withScriptedServer([:], answeringBy: rules) { server async throws in
            let request = ChatRequest(
                messages: [.user("x")],
                parameters: ChatParameters(temperature: 0.1, topP: 0.9, seed: 1)
            )
            let (_, reply) = try await pieces(of: server.openAI().stream(request))
            #expect(reply.text == "Hello")
            let last = try #require(try server.requests().last).json()
            #expect(try server.requests().count == 4)
            #expect(last["top_p"] == 0.9)
            #expect(last["temperature"] == nil && last["seed"] == nil && last["stream_options"] == nil)
        }
    }

    @Test("takes one of two parameters that exclude each other, as gateways to Anthropic want it")
    func exclusive() async throws {
        let message = "`temperature` and `top_p` cannot both be specified for this model. Please use only one."
        let rules = [
            ScriptedRule(["temperature", "top_p"], refusal(message)),
            ScriptedRule([], .whole(completion(["content": "Hello"]))),
        ]
        try await withScriptedServer([:], answeringBy: rules) { server async throws in
            let request = ChatRequest(
                messages: [.user("x")],
                parameters: ChatParameters(temperature: 0.1, topP: 0.9)
            )
            _ = try await server.openAI().reply(to: request)
            let last = try #require(try server.requests().last).json()
            #expect(last["temperature"] == 0.1)
            #expect(last["top_p"] == nil)
        }
    }

    @Test("is not learnt without end from a server that refuses everything")
    func stubborn() async throws {
        let message =
            "unsupported: response_format json_schema temperature top_p seed stop stream_options max_tokens max_completion_tokens"
        try await withScriptedServer([ScriptedServer.chat: [refusal(message)]]) { server async throws in
            var request = Self.formed
            request.parameters = ChatParameters(
                temperature: 1,
                topP: 1,
                maximumTokens: 1,
                stopSequences: ["x"],
                seed: 1
            )
            let model = try server.openAI()
            let error = try await chatFailure { try await model.reply(to: request) }
            #expect(error.kind == .rejected)
            #expect(try server.requests().count <= 10)
        }
    }

    @Test("sends the conversation as it is written everywhere")
    func request() async throws {
        try await withScriptedServer([ScriptedServer.chat: [.whole(completion(["content": "ok"]))]]) {
            server async throws in
            let call = ChatToolCall(id: "c1", name: "git_status", arguments: "{}")
            let request = ChatRequest(
                messages: [
                    .system("Be brief."), .user("What changed?"), .assistant("", toolCalls: [call]),
                    .toolResult("nothing", of: "c1"),
                ],
                parameters: ChatParameters(temperature: 0.1, stopSequences: ["END"]),
                tools: [ChatTool(name: "git_status", parameters: ["type": "object"])],
                toolChoice: .required
            )
            _ = try await server.openAI().reply(to: request)
            let sent = try server.requests()[0]
            #expect(sent.target == ScriptedServer.chat)
            #expect(sent.header("authorization") == "Bearer sk-test-123")
            #expect(
                sent.body == """
                    {"model":"qwen","messages":[{"role":"system","content":"Be brief."},\
                    {"role":"user","content":"What changed?"},{"role":"assistant","content":null,"tool_calls":\
                    [{"id":"c1","type":"function","function":{"name":"git_status","arguments":"{}"}}]},\
                    {"role":"tool","content":"nothing","tool_call_id":"c1"}],"temperature":0.1,"stop":["END"],\
                    "tools":[{"type":"function","function":{"name":"git_status","parameters":{"type":"object"}}}],\
                    "tool_choice":"required"}
                    """
            )
        }
    }
}
