extension ChatEndpoint {
    /// The variable that names the model where no option does.
    public static let modelVariable = "SKILLWEAVER_MODEL"

    /// The endpoint that options and environment describe; nil where they describe none.
    ///
    /// `model` counts before `SKILLWEAVER_MODEL`, `address` before `OPENAI_BASE_URL` (or `ANTHROPIC_BASE_URL`); keys are
    /// read from `OPENAI_API_KEY` and `ANTHROPIC_API_KEY` only. `openai:` or `anthropic:` before the model's name says
    /// which interface is meant; otherwise it is Anthropic's for a server of Anthropic, and for models whose names begin
    /// with `claude` where no other address is given.
    public static func configured(
        model: String? = nil,
        address: String? = nil,
        environment: (String) -> String?
    ) throws(ChatEndpointError) -> ChatEndpoint? {
        func variable(_ name: String) -> String? { environment(name).flatMap { $0.trimmingBlanks.isEmpty ? nil : $0 } }
        let givenAddress = address ?? variable(Provider.openAI.addressVariable)
        guard let words = model ?? variable(modelVariable) else {
            guard let givenAddress else { return nil }
            throw .noModel(address: givenAddress)
        }
        let (provider, name) = modelName(in: words)
        let chosen =
            provider
            ?? (isAnthropic(givenAddress) || givenAddress == nil && name.hasPrefix("claude") ? .anthropic : .openAI)
        return try ChatEndpoint(
            provider: chosen,
            model: name,
            address: address ?? variable(chosen.addressVariable),
            key: variable(chosen.keyVariable)
        )
    }

    /// A model's name without the interface that may stand before it.
    public static func modelName(in words: String) -> (provider: Provider?, name: String) {
        for provider in Provider.allCases where words.hasPrefix("\(provider.rawValue):") {
            return (provider, String(words.dropFirst(provider.rawValue.count + 1)))
        }
        return (nil, words)
    }

    private static func isAnthropic(_ address: String?) -> Bool {
        address?.lowercased().hasPrefix("https://api.anthropic.com") ?? false
    }
}
