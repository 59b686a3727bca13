/// Says how many language-model tokens a text has.
public protocol TokenCounter: Sendable {
    /// How its figures are labelled: counted with a real tokenizer, or estimated.
    var source: TokenUsage.Source { get }

    /// Tokens of a text as it stands, without anything a conversation adds around it.
    func count(_ text: String) -> Int
}

/// Guesses the number of tokens from the length of the text: four bytes of UTF-8 make one.
///
/// Right to about a fifth for English and for code, half of the count for Chinese; for where no vocabulary is installed.
public struct LengthEstimate: TokenCounter {
    public init() {}

    public var source: TokenUsage.Source { .estimated }

    public func count(_ text: String) -> Int { (text.utf8.count + 3) / 4 }
}
