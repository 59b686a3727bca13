import HTTPTransport
import JSONSchema
import TestSupport

@testable import LanguageModels

/// A policy whose waits between attempts are too short to notice.
func quickPolicy(attempts: Int = 3, timeout: Duration = .seconds(30), concurrency: Int = 4) -> ChatCallPolicy {
    var policy = ChatCallPolicy(timeout: timeout, concurrency: concurrency)
    policy.retry = RetryPolicy(
        attempts: attempts,
        baseDelay: .milliseconds(1),
        maximumDelay: .milliseconds(2),
        maximumRetryAfter: .milliseconds(5)
    )
    return policy
}

extension ScriptedServer {
    static let chat = "/v1/chat/completions"
    static let messages = "/v1/messages"

    func openAI(_ policy: ChatCallPolicy = quickPolicy(), key: String? = "sk-test-123") throws -> OpenAIChatModel {
        let endpoint = try ChatEndpoint(model: "qwen", address: origin, key: key)
        return OpenAIChatModel(endpoint, policy: policy, client: CurlHTTPClient())
    }

    func anthropic(_ policy: ChatCallPolicy = quickPolicy()) throws -> AnthropicChatModel {
        let endpoint = try ChatEndpoint(provider: .anthropic, model: "claude-x", address: origin, key: "sk-ant-123")
        return AnthropicChatModel(endpoint, policy: policy, client: CurlHTTPClient())
    }
}

/// A reply of `/chat/completions` with a message of these members.
func completion(
    _ message: JSONObject,
    finish: JSONValue = "stop",
    usage: JSONValue? = ["prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14]
) -> String {
    var members: JSONObject = ["role": "assistant"]
    for (name, value) in message { members[name] = value }
    var answer: JSONObject = [
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1_700_000_000, "model": "qwen",
        "choices": [["index": 0, "message": .object(members), "finish_reason": finish, "logprobs": .null]],
    ]
    answer["usage"] = usage
    return JSONValue.object(answer).serialized()
}

/// One event of a stream of `/chat/completions`.
func chunk(_ delta: JSONValue, finish: JSONValue = .null) -> String {
    let chunk: JSONValue = [
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "model": "qwen",
        "choices": [["index": 0, "delta": delta, "finish_reason": finish]],
    ]
    return "data: \(chunk.serialized())\n\n"
}

/// An event of a stream of Anthropic's.
func messageEvent(_ data: JSONValue) -> String {
    "event: \(data["type"]?.stringValue ?? "")\ndata: \(data.serialized())\n\n"
}

let question = ChatRequest(messages: [.system("Be brief."), .user("Say hello")])

/// The error of a call that must fail.
func chatFailure(_ call: () async throws -> ChatReply) async throws -> ChatModelError {
    do {
        throw UnexpectedReply(reply: try await call())
    } catch let error as ChatModelError {
        return error
    }
}

struct UnexpectedReply: Error { let reply: ChatReply }

/// Reads a stream and returns its pieces but the last, and the reply the last one holds.
func pieces(of stream: ChatStream) async throws -> (pieces: [ChatDelta], reply: ChatReply) {
    var deltas: [ChatDelta] = []
    for try await delta in stream { deltas.append(delta) }
    guard case .finished(let reply)? = deltas.popLast() else {
        throw ChatModelError(.malformedReply, model: "", detail: "the last piece is not the reply")
    }
    return (deltas, reply)
}
