import JSONSchema

/// Finds the JSON in what a model wrote around it.
package enum StructuredText {
    /// Most places at which a value is looked for.
    private static let maximumStarts = 64

    /// The first JSON object or array in a text, as it is written there; nil where there is none.
    ///
    /// A text that is JSON is taken whole. What stands in `<think>` is skipped; code fences and prose around the value
    /// are left out. Time is linear in the text, times a small bound.
    package static func extract(from text: String) -> String? {
        let bytes = Array(afterThinking(text).utf8)
        if let whole = value(bytes) { return String(decoding: whole, as: UTF8.self) }
        var starts = 0
        var position = 0
        while position < bytes.count, starts < maximumStarts {
            guard bytes[position] == UInt8(ascii: "{") || bytes[position] == UInt8(ascii: "[") else {
                position += 1
                continue
            }
            starts += 1
            if let end = end(of: position, in: bytes), let found = value(Array(bytes[position..<end])) {
                return String(decoding: found, as: UTF8.self)
            }
            position += 1
        }
        return nil
    }

    /// The bytes, where they are an object or array in JSON.
    private static func value(_ bytes: [UInt8]) -> [UInt8]? {
        guard let value = try? JSONParser.parse(utf8: bytes) else { return nil }
        return value.objectValue != nil || value.arrayValue != nil ? bytes : nil
    }

    /// The place after the bracket that closes the one at `start`; brackets in strings do not count.
    private static func end(of start: Int, in bytes: [UInt8]) -> Int? {
        var depth = 0
        var isInString = false
        var position = start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\") where isInString: position += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{"), UInt8(ascii: "["): if !isInString { depth += 1 }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if !isInString { depth -= 1 }
                if depth == 0 { return position + 1 }
            default: break
            }
            position += 1
        }
        return nil
    }

    private static func afterThinking(_ text: String) -> Substring {
        guard let end = text.firstRange(of: "</think>") else { return text[...] }
        return text[end.upperBound...]
    }

    /// Words that ask a model for the form where its server cannot be told; nil where any text will do.
    package static func instruction(for format: ChatResponseFormat) -> String? {
        switch format {
        case .text: nil
        case .json: "Answer with one JSON object and nothing else: no explanation, no code fence."
        case .schema(let form):
            "Answer with JSON that fits this JSON Schema and nothing else: no explanation, no code fence.\n"
                + form.schema.serialized()
        }
    }

    /// The messages with the request for the form at the end of the instructions.
    package static func instructed(_ messages: [ChatMessage], _ format: ChatResponseFormat) -> [ChatMessage] {
        guard let instruction = instruction(for: format) else { return messages }
        var messages = messages
        if let index = messages.firstIndex(where: { $0.role == .system }) {
            messages[index].content += "\n\n" + instruction
        } else {
            messages.insert(.system(instruction), at: 0)
        }
        return messages
    }

    /// The reply with nothing but the JSON in its text, where there is any and it was asked for.
    package static func tidied(_ reply: ChatReply, _ format: ChatResponseFormat) -> ChatReply {
        guard format != .text, let json = extract(from: reply.text) else { return reply }
        var reply = reply
        reply.text = json
        return reply
    }
}
