import JSONSchema
import Storage

/// A call to a model and its reply, as they are kept in a file.
struct ChatRecording: Sendable, Hashable {
    static let version: Int64 = 1

    var model: String
    var request: ChatRequest
    var reply: ChatReply

    /// Name of the file for a call: the SHA-256 of model, messages, tools and parameters.
    static func fileName(model: String, _ request: ChatRequest) -> String {
        var call = request.json
        call["model"] = .string(model)
        return ContentHash(of: sorted(.object(call)).serialized()).hexadecimal + ".json"
    }

    /// The same value with the members of every object in the order of their names.
    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            .object(JSONObject(members.map { ($0.key, sorted($0.value)) }.sorted { $0.0 < $1.0 }))
        case .array(let elements): .array(elements.map(sorted))
        default: value
        }
    }
}

extension ChatRecording {
    /// The content of the file.
    var text: String {
        let calls: JSONValue = .array(reply.toolCalls.map(\.json))
        let json: JSONValue = [
            "version": .integer(Self.version),
            "model": .string(model),
            "request": .object(request.json),
            "reply": [
                "text": .string(reply.text), "tool_calls": calls, "reasoning": .string(reply.reasoning),
                "finish_reason": .string(reply.finishReason.rawValue),
                "usage": [
                    "prompt_tokens": JSONValue(reply.usage.prompt),
                    "completion_tokens": JSONValue(reply.usage.completion),
                    "source": .string(reply.usage.source.rawValue),
                ],
            ],
        ]
        return json.serialized(.indented) + "\n"
    }

    init(utf8 bytes: [UInt8]) throws(BatchRecordError) {
        let json: JSONValue
        do {
            json = try JSONParser.parse(utf8: bytes)
        } catch {
            throw BatchRecordError("\(error)")
        }
        let fields = try RecordFields(json, name: "the recording")
        guard fields["version"]?.intValue == Int(Self.version) else {
            throw BatchRecordError("its version is not \(Self.version)")
        }
        let reply = try RecordFields(fields["reply"] ?? .null, name: "\"reply\"")
        let usage = try RecordFields(reply["usage"] ?? .null, name: "\"usage\"")
        guard let source = TokenUsage.Source(rawValue: try usage.text("source")) else {
            throw BatchRecordError("\"source\" of the usage is an unknown word")
        }
        var calls: [ChatToolCall] = []
        for call in try reply.list("tool_calls") { calls.append(try ChatToolCall(json: call)) }
        model = try fields.text("model")
        request = try ChatRequest(json: fields["request"] ?? .null)
        self.reply = ChatReply(
            text: try reply.text("text"),
            usage: TokenUsage(
                prompt: try usage.count("prompt_tokens"),
                completion: try usage.count("completion_tokens"),
                source: source
            ),
            finishReason: FinishReason(rawValue: try reply.text("finish_reason")),
            toolCalls: calls,
            reasoning: try reply.optionalText("reasoning") ?? ""
        )
    }
}
