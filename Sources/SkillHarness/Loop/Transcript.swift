public import JSONSchema
import LanguageModels

extension AgentEvent {
    /// The event as a line of a transcript; nil for pieces of what a later event says whole.
    public var json: JSONValue? {
        switch self {
        case .text: nil
        case .routed(let skills): ["event": "routed", "skills": JSONValue(skills)]
        case .context(let report): ["event": "context", "context": report.json]
        case .replied(let reply): ["event": "replied", "message": reply.message.json, "tokens": reply.usage.figures]
        case .calling(let call): ["event": "calling", "call": call.json]
        case .returned(let call, let outcome):
            [
                "event": "returned", "call": .string(call.id), "tool": .string(call.name),
                "ok": .bool(!outcome.isError), "text": .string(outcome.text),
            ]
        case .finished(let result):
            [
                "event": "finished", "reason": .string(result.reason.rawValue), "answer": .string(result.answer),
                "steps": JSONValue(result.steps), "tokens": result.usage.figures,
            ]
        }
    }
}

extension TokenUsage {
    var figures: JSONValue {
        ["prompt": JSONValue(prompt), "completion": JSONValue(completion), "source": .string(source.rawValue)]
    }
}
