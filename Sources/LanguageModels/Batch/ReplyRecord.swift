import JSONSchema

/// One answered request of an offline batch, a line of JSON: `{"id", "round", "text"}`.
///
/// `finish_reason`, `model` and `usage` (`{"prompt_tokens", "completion_tokens"}`, as the model reported them) are
/// optional.
package struct ReplyRecord: Sendable, Hashable {
    /// Longest reply that is read, in bytes of UTF-8.
    package static let maximumTextBytes = 1 << 20

    package var id: String
    package var round: Int
    package var text: String
    package var finishReason: FinishReason
    /// Which model answered; nil where the file does not say.
    package var model: String?
    /// What the model reported; nil where the file does not say.
    package var usage: TokenUsage?

    package init(
        id: String,
        round: Int,
        text: String,
        finishReason: FinishReason = .stop,
        model: String? = nil,
        usage: TokenUsage? = nil
    ) {
        self.id = id
        self.round = round
        self.text = text
        self.finishReason = finishReason
        self.model = model
        self.usage = usage
    }

    /// The reply to a request; its cost is counted where the model did not report it.
    package func reply(to request: ChatRequest, counter: some TokenCounter) -> ChatReply {
        ChatReply(
            text: text,
            usage: usage ?? counter.usage(of: request, completion: text),
            finishReason: finishReason
        )
    }
}

extension ReplyRecord {
    /// The record as one line, without its line break; a usage is written when the model reported it.
    package var line: String {
        var record: JSONObject = ["id": .string(id), "round": .integer(Int64(round)), "text": .string(text)]
        record["finish_reason"] = .string(finishReason.rawValue)
        record["model"] = model.map(JSONValue.string)
        if let usage, usage.source == .measured {
            record["usage"] = [
                "prompt_tokens": .integer(Int64(usage.prompt)),
                "completion_tokens": .integer(Int64(usage.completion)),
            ]
        }
        return JSONValue.object(record).serialized()
    }

    /// Reads a line; members it does not know are left out. A usage counts as measured: the model reported it.
    package init(line: String) throws(BatchRecordError) {
        let fields = try RecordFields(line: line)
        self.init(
            id: try fields.text("id"),
            round: try fields.count("round"),
            text: try fields.text("text"),
            finishReason: try fields.optionalText("finish_reason").map(FinishReason.init) ?? .stop,
            model: try fields.optionalText("model")
        )
        guard text.utf8.count <= Self.maximumTextBytes else {
            throw BatchRecordError("\"text\" has \(text.utf8.count) bytes, the limit is \(Self.maximumTextBytes)")
        }
        if let value = fields["usage"] {
            let figures = try RecordFields(value, name: "\"usage\"")
            usage = TokenUsage(
                prompt: try figures.count("prompt_tokens"),
                completion: try figures.count("completion_tokens"),
                source: .measured
            )
        }
    }
}
