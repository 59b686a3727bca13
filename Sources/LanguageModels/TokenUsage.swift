/// How many language-model tokens something cost, and how we know.
public struct TokenUsage: Sendable, Hashable {
    /// Where a token figure comes from; figures of different sources are never added up or compared unlabelled.
    public enum Source: String, Sendable, Hashable {
        /// Reported by the model that ran.
        case measured
        /// Counted with a real language-model tokenizer.
        case counted
        /// Estimated from the length of the text.
        case estimated
        /// Taken from a publication.
        case published
    }

    /// Tokens that were sent.
    public var prompt: Int
    /// Tokens that came back.
    public var completion: Int
    /// Where the figures come from; figures of different sources are never added.
    public var source: Source

    public init(prompt: Int, completion: Int, source: Source) {
        self.prompt = prompt
        self.completion = completion
        self.source = source
    }

    /// No model was called: exactly nothing was spent.
    public static let none = TokenUsage(prompt: 0, completion: 0, source: .measured)

    /// Both together.
    public var total: Int { prompt + completion }
}
