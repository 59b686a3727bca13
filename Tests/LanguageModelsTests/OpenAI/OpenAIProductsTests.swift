import JSONSchema
import TestSupport
import Testing

@testable import LanguageModels

/// What each of the many servers of `/chat/completions` writes, in its own way.
@Suite("A model behind /chat/completions", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
struct OpenAIProductsTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let product: String
        let answer: String
        var text = "Hello"
        var reason = FinishReason.stop
        var usage: TokenUsage? = TokenUsage(prompt: 11, completion: 3, source: .measured)
        var reasoning = ""
        var calls: [ChatToolCall] = []
        var testDescription: String { product }
    }

    private static let plain = ChatToolCall(id: "call_9", name: "now", arguments: "{}")

    static let shapes: [Shape] = [
        Shape(product: "OpenAI", answer: completion(["content": "Hello", "refusal": .null, "annotations": []])),
        Shape(
            product: "OpenAI refuses",
            answer: completion(["content": .null, "refusal": "I can't help with that."]),
            text: "I can't help with that.",
            reason: .contentFilter
        ),
        Shape(
            product: "Ollama",
            answer:
                #"{"id":"chatcmpl-573","object":"chat.completion","created":1,"model":"qwen","system_fingerprint":"fp_ollama","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14}}"#
        ),
        Shape(
            product: "Ollama thinks and calls a tool without arguments text",
            answer: completion(
                [
                    "content": "", "reasoning": "Hm.",
                    "tool_calls": [
                        [
                            "id": "call_9", "index": 0, "type": "function",
                            "function": ["name": "now", "arguments": "{}"],
                        ]
                    ],
                ],
                finish: "tool_calls"
            ),
            text: "",
            reason: .toolCalls,
            reasoning: "Hm.",
            calls: [plain]
        ),
        Shape(
            product: "llama.cpp",
            answer:
                #"{"choices":[{"finish_reason":"stop","index":0,"message":{"role":"assistant","content":"Hello","reasoning_content":"First, "}}],"created":1,"model":"gpt-3.5-turbo","system_fingerprint":"b5000","object":"chat.completion","usage":{"completion_tokens":3,"prompt_tokens":11,"total_tokens":14},"id":"x","timings":{"prompt_n":11,"predicted_ms":25.5}}"#,
            reasoning: "First, "
        ),
        Shape(
            product: "vLLM",
            answer: completion(
                ["content": "Hello", "tool_calls": [], "reasoning_content": .null, "function_call": .null]
            )
        ),
        Shape(
            product: "vLLM calls a tool and says stop",
            answer: completion(["content": .null, "tool_calls": [plain.json]]),
            text: "",
            reason: .toolCalls,
            calls: [plain]
        ),
        Shape(
            product: "LM Studio",
            answer:
                #"{"id":"x","object":"chat.completion","created":1,"model":"qwen","choices":[{"index":0,"logprobs":null,"finish_reason":"stop","message":{"role":"assistant","content":"Hello"}}],"usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14},"stats":{},"system_fingerprint":"qwen"}"#
        ),
        Shape(product: "no usage", answer: completion(["content": "Hello"], usage: nil), usage: nil),
        Shape(product: "null usage", answer: completion(["content": "Hello"], usage: .null), usage: nil),
        Shape(
            product: "content in parts",
            answer: completion(["content": [["type": "text", "text": "Hel"], ["type": "text", "text": "lo"]]])
        ),
        Shape(product: "cut off", answer: completion(["content": "Hello"], finish: "length"), reason: .length),
        Shape(product: "max_tokens", answer: completion(["content": "Hello"], finish: "max_tokens"), reason: .length),
        Shape(product: "eos", answer: completion(["content": "Hello"], finish: "eos")),
        Shape(product: "no reason", answer: completion(["content": "Hello"], finish: .null)),
        Shape(product: "own word", answer: completion(["content": "Hello"], finish: "abort"), reason: .other("abort")),
        Shape(
            product: "arguments as an object, no identifier",
            answer: completion(["content": "", "tool_calls": [["function": ["name": "now", "arguments": ["a": 1]]]]]),
            text: "",
            reason: .toolCalls,
            calls: [ChatToolCall(id: "call_0", name: "now", arguments: #"{"a":1}"#)]
        ),
        Shape(
            product: "function_call of old",
            answer: completion(
                ["content": .null, "function_call": ["name": "now", "arguments": "{}"]],
                finish: "function_call"
            ),
            text: "",
            reason: .toolCalls,
            calls: [ChatToolCall(id: "call_0", name: "now", arguments: "{}")]
        ),
        Shape(product: "byte order mark", answer: "\u{FEFF}" + completion(["content": "Hello"]) + "\n"),
    ]

    @Test("reads what every product writes")
    func shapes() async throws {
        let rules = Self.shapes.enumerated().map { ScriptedRule(["shape \($0)."], .whole($1.answer)) }
        try await withScriptedServer([:], answeringBy: rules) { server async throws in
            let model = try server.openAI()
            for (index, shape) in Self.shapes.enumerated() {
                let reply = try await model.reply(to: ChatRequest(messages: [.user("shape \(index).")]))
                #expect(reply.text == shape.text, "\(shape.product)")
                #expect(reply.finishReason == shape.reason, "\(shape.product)")
                #expect(reply.reasoning == shape.reasoning, "\(shape.product)")
                #expect(reply.toolCalls == shape.calls, "\(shape.product)")
                if let usage = shape.usage {
                    #expect(reply.usage == usage, "\(shape.product)")
                } else {
                    #expect(reply.usage.source == .estimated, "\(shape.product)")
                }
            }
        }
    }

    struct Refusal: Sendable {
        let product: String
        let status: String
        let answer: String
        let kind: ChatModelError.Kind
        var type = "application/json"
        /// Appears in the description.
        var says = ""
    }

    static let refusals: [Refusal] = [
        Refusal(
            product: "OpenAI, wrong key",
            status: "401 Unauthorized",
            answer:
                #"{"error":{"message":"Incorrect API key provided: sk-test-123.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
            kind: .unauthorized,
            says: "Incorrect API key provided: [redacted]."
        ),
        Refusal(
            product: "OpenAI, context",
            status: "400 Bad Request",
            answer:
                #"{"error":{"message":"Too much.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
            kind: .promptTooLong
        ),
        Refusal(
            product: "OpenAI, quota",
            status: "429 Too Many Requests",
            answer:
                #"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
            kind: .rejected
        ),
        Refusal(
            product: "Ollama, no such model",
            status: "404 Not Found",
            answer:
                #"{"error":{"message":"model \"qwen\" not found, try pulling it first","type":"api_error","param":null,"code":null}}"#,
            kind: .rejected,
            says: "try pulling it first"
        ),
        Refusal(
            product: "Ollama's own way",
            status: "400 Bad Request",
            answer: #"{"error":"model 'qwen' does not accept images"}"#,
            kind: .rejected,
            says: "does not accept images"
        ),
        Refusal(
            product: "llama.cpp, context",
            status: "400 Bad Request",
            answer:
                #"{"error":{"code":400,"message":"request (4390 tokens) exceeds the available size","type":"exceed_context_size_error","n_prompt_tokens":4390,"n_ctx":4096}}"#,
            kind: .promptTooLong
        ),
        Refusal(
            product: "llama.cpp, context, as a success",
            status: "200 OK",
            answer:
                #"{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}}"#,
            kind: .promptTooLong
        ),
        Refusal(
            product: "llama.cpp, context, as a fault of its own",
            status: "500 Internal Server Error",
            answer: #"{"error":{"code":500,"message":"Context size has been exceeded.","type":"server_error"}}"#,
            kind: .promptTooLong
        ),
        Refusal(
            product: "llama.cpp, key",
            status: "401 Unauthorized",
            answer: #"{"error":{"message":"Invalid API Key","type":"authentication_error","code":401}}"#,
            kind: .unauthorized
        ),
        Refusal(
            product: "vLLM, context",
            status: "400 Bad Request",
            answer:
                #"{"object":"error","message":"This model's maximum context length is 2048 tokens. However, you requested 4000 tokens.","type":"BadRequestError","param":null,"code":400}"#,
            kind: .promptTooLong
        ),
        Refusal(
            product: "vLLM from 0.16 on, context",
            status: "400 Bad Request",
            answer:
                #"{"error":{"message":"You passed 1015 input tokens and requested 10 output tokens. However, the model's context length is only 1024 tokens, resulting in a maximum input length of 1014 tokens.","type":"BadRequestError","param":"input_tokens","code":400}}"#,
            kind: .promptTooLong
        ),
        Refusal(
            product: "vLLM, no room for a reply",
            status: "400 Bad Request",
            answer:
                #"{"object":"error","message":"max_tokens must be at least 1, got -186.","type":"BadRequestError","param":null,"code":400}"#,
            kind: .promptTooLong
        ),
        Refusal(
            product: "vLLM, key",
            status: "401 Unauthorized",
            answer: #"{"error":"Unauthorized"}"#,
            kind: .unauthorized
        ),
        Refusal(
            product: "FastAPI, path",
            status: "404 Not Found",
            answer: #"{"detail":"Not Found"}"#,
            kind: .rejected,
            says: "check the model's name and the address"
        ),
        Refusal(
            product: "FastAPI, fields",
            status: "422 Unprocessable Content",
            answer: #"{"detail":[{"loc":["body","messages"],"msg":"field required","type":"missing"}]}"#,
            kind: .rejected,
            says: "field required"
        ),
        Refusal(
            product: "LM Studio, context",
            status: "400 Bad Request",
            answer:
                #"{"error":"Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens"}"#,
            kind: .promptTooLong
        ),
        Refusal(
            product: "Google, in a list",
            status: "400 Bad Request",
            answer: #"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}}]"#,
            kind: .rejected,
            says: "API key not valid."
        ),
        Refusal(
            product: "a proxy's page",
            status: "403 Forbidden",
            answer: "<!DOCTYPE html><html><head><title>Blocked\u{1B}[31m by IT</title></head></html>",
            kind: .unauthorized,
            type: "text/html",
            says: "a web page: blocked [31m by it"
        ),
        Refusal(
            product: "a page as a success",
            status: "200 OK",
            answer: "<html><title>Welcome</title></html>",
            kind: .malformedReply,
            type: "text/html",
            says: "which usually ends with /v1"
        ),
        Refusal(product: "nothing", status: "200 OK", answer: "", kind: .malformedReply, says: "it is empty"),
        Refusal(product: "prose", status: "200 OK", answer: "Sure! Here you go.", kind: .malformedReply),
        Refusal(product: "half", status: "200 OK", answer: #"{"choices":[{"message":{"#, kind: .malformedReply),
        Refusal(product: "no choices", status: "200 OK", answer: #"{"choices":[]}"#, kind: .malformedReply),
        Refusal(product: "no message", status: "200 OK", answer: #"{"choices":[{}]}"#, kind: .malformedReply),
        Refusal(product: "a number", status: "200 OK", answer: "7", kind: .malformedReply),
        Refusal(product: "not modified", status: "304 Not Modified", answer: "", kind: .rejected),
        Refusal(product: "unheard of", status: "418 I'm a teapot", answer: "short and stout", kind: .rejected),
    ]

    @Test("sorts what every product says is wrong, asks once, and shows no key")
    func refusals() async throws {
        let rules = Self.refusals.enumerated().map {
            ScriptedRule(["case \($0)."], .whole($1.answer, status: $1.status, type: $1.type))
        }
        try await withScriptedServer([:], answeringBy: rules) { server async throws in
            let model = try server.openAI()
            for (index, refusal) in Self.refusals.enumerated() {
                let request = ChatRequest(
                    messages: [.user("case \(index).")],
                    parameters: ChatParameters(maximumTokens: 5)
                )
                let error = try await chatFailure { try await model.reply(to: request) }
                #expect(error.kind == refusal.kind, "\(refusal.product): \(error)")
                #expect(error.description.contains(refusal.says), "\(refusal.product): \(error)")
                #expect(!error.description.contains("sk-test-123"), "\(refusal.product)")
                #expect(!error.description.contains("\u{1B}"), "\(refusal.product)")
            }
            #expect(try server.requests().count == Self.refusals.count)
        }
    }
}
