public import LanguageModels

extension ChatParameters {
    /// What decomposition asks a model with: temperature 0.1, top-p 0.9 and at most 256 new tokens, as published.
    public static let decomposition = ChatParameters(temperature: 0.1, topP: 0.9, maximumTokens: 256)
}
