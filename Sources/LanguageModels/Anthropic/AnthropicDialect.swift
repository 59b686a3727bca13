/// What is known of what one model of Anthropic's takes; it is learnt from what is refused.
///
/// Newer models take no temperature, and models that think may not be made to call a tool. Each lesson is learnt once, so
/// asking again with what was learnt comes to an end.
struct AnthropicDialect: Sendable, Hashable {
    var takesTemperature = true
    var takesForcedTools = true

    /// Learns from a refusal; false when it teaches nothing about the dialect.
    mutating func learn(from refusal: EndpointErrorBody, of request: ChatRequest) -> Bool {
        if takesTemperature, request.parameters.temperature != nil, refusal.refuses("temperature") {
            takesTemperature = false
            return true
        }
        if takesForcedTools, AnthropicRequestBody.forcesTools(request), refusal.refuses("tool_choice") {
            takesForcedTools = false
            return true
        }
        return false
    }

    /// What both know: for calls that learnt at the same time.
    func merged(with other: AnthropicDialect) -> AnthropicDialect {
        AnthropicDialect(
            takesTemperature: takesTemperature && other.takesTemperature,
            takesForcedTools: takesForcedTools && other.takesForcedTools
        )
    }
}
