/// A text as an encoder sees it: one vector for the whole, and one state for each token.
public struct EncodedText: Sendable, Hashable {
    /// The pooled vector, of length 1: what `embed` gives for the same text.
    public let vector: [Float]
    /// The tokens in order, the marks that open and close a sequence included.
    public let tokens: [EncodedToken]
    /// The last hidden state of each token: `tokens.count × dimensions`, not normalised.
    public let states: EmbeddingMatrix

    public init(vector: [Float], tokens: [EncodedToken], states: EmbeddingMatrix) {
        precondition(states.rows == tokens.count, "every token has one state")
        self.vector = vector
        self.tokens = tokens
        self.states = states
    }
}

/// A token and its place in the text it was made from.
public struct EncodedToken: Sendable, Hashable {
    /// Its number in the model's vocabulary.
    public let id: Int32
    private let start: UInt32
    private let end: UInt32
    private let wordNumber: Int32

    static let noWord: Int32 = -1

    /// The part of the text's UTF-8 it stands for; empty for what is not of the text.
    public var bytes: Range<Int> { Int(start)..<Int(end) }

    /// Which word of the text it is a piece of, from zero; a punctuation mark is a word.
    ///
    /// nil for what is not of the text: the opening and the closing mark, and a prefix the model wants.
    public var word: Int? { wordNumber < 0 ? nil : Int(wordNumber) }

    /// Whether it is no part of the text.
    public var isSpecial: Bool { wordNumber < 0 }

    package init(id: Int32, bytes: Range<Int>, word: Int32) {
        self.id = id
        start = UInt32(clamping: bytes.lowerBound)
        end = UInt32(clamping: bytes.upperBound)
        wordNumber = word
    }
}
