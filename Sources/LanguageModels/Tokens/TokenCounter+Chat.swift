import JSONSchema

extension TokenCounter {
    /// Tokens a model reads before it answers: the messages, what marks their bounds, and the opening of the reply.
    ///
    /// The frame is ChatML, which Qwen's models are trained on and most others resemble: a marker, the role and a line
    /// break before each message, a marker and a line break after it.
    public func count(_ messages: [ChatMessage]) -> Int {
        var conversation = ""
        for message in messages {
            conversation += "<|im_start|>\(message.role.rawValue)\n\(message.content)"
            for call in message.toolCalls {
                conversation += "\n<tool_call>\n\(call.name) \(call.arguments)\n</tool_call>"
            }
            conversation += "<|im_end|>\n"
        }
        return count(conversation + "<|im_start|>assistant\n")
    }

    /// What a call cost by this counter; a reply costs its text, without the marker that ends it.
    ///
    /// Tools on offer cost the JSON text that describes them.
    public func usage(of request: ChatRequest, completion: String) -> TokenUsage {
        let tools = request.tools.map { count($0.json.serialized() + "\n") }.reduce(0, +)
        return TokenUsage(prompt: count(request.messages) + tools, completion: count(completion), source: source)
    }
}
