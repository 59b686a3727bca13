import JSONSchema
import TestSupport

/// What a server of `/chat/completions` says in tests of the command line.
enum ModelServer {
    static let path = "/v1/chat/completions"
    static let key = "sk-test-123"

    /// The reply of a model, as an OpenAI-compatible server writes it.
    static func reply(_ text: String, finish: String = "stop") -> ScriptedResponse {
        let answer: JSONValue = [
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1_700_000_000, "model": "qwen",
            "choices": [
                [
                    "index": 0, "message": ["role": "assistant", "content": .string(text)],
                    "finish_reason": .string(finish), "logprobs": .null,
                ]
            ],
            "usage": ["prompt_tokens": 211, "completion_tokens": 31, "total_tokens": 242],
        ]
        return .whole(answer.serialized())
    }

    /// An error as OpenAI writes it.
    static func refusal(_ status: String, code: String, _ message: String) -> ScriptedResponse {
        let answer: JSONValue = [
            "error": [
                "message": .string(message), "type": "invalid_request_error", "param": .null, "code": .string(code),
            ]
        ]
        return .whole(answer.serialized(), status: status)
    }

    /// A plan in the form that sad+ asks for.
    static func plan(_ steps: [(text: String, quote: String, after: [Int])]) -> String {
        let elements = steps.map { step -> JSONValue in
            [
                "text": .string(step.text), "quote": .string(step.quote), "skill": .null,
                "depends_on": .array(step.after.map { JSONValue($0) }),
            ]
        }
        return JSONValue.object(["steps": .array(elements)]).serialized()
    }
}

/// Runs a body with the program, whose environment names a model at a scripted server.
func withSkillWeaver(
    asking responses: [ScriptedResponse],
    answeringBy rules: [ScriptedRule] = [],
    _ body: @escaping @Sendable (SkillWeaverCommand, ScriptedServer) async throws -> Void
) async throws {
    let home = try await IndexedHome.path()
    try await withScriptedServer([ModelServer.path: responses], answeringBy: rules) { server async throws in
        var skillweaver = SkillWeaverCommand(home: home)
        skillweaver.environment = [
            "OPENAI_BASE_URL": server.origin, "OPENAI_API_KEY": ModelServer.key, "SKILLWEAVER_MODEL": "qwen",
        ]
        try await body(skillweaver, server)
    }
}
