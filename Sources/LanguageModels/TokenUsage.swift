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

    public var prompt: Int
    public var completion: Int
    public var source: Source

    public init(prompt: Int, completion: Int, source: Source) {
        self.prompt = prompt
        self.completion = completion
        self.source = source
    }

    /// No model was called: exactly nothing was spent.
    public static let none = TokenUsage(prompt: 0, completion: 0, source: .measured)

    public var total: Int { prompt + completion }
}
