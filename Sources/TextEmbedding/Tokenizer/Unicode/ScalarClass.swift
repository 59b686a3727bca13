/// What a tokenizer has to do with a scalar; empty when the scalar is copied into the word as it is.
struct ScalarClass: OptionSet, Sendable {
    let rawValue: UInt8

    /// Leaves no trace, not even a word boundary.
    static let removed = ScalarClass(rawValue: 1 << 0)
    /// Ends a word.
    static let whitespace = ScalarClass(rawValue: 1 << 1)
    /// Is a word by itself: punctuation and, if so configured, CJK ideographs.
    static let isolated = ScalarClass(rawValue: 1 << 2)
    /// Has a lowercase form.
    static let cased = ScalarClass(rawValue: 1 << 3)
    /// Is replaced by its canonical decomposition without accents.
    static let decomposed = ScalarClass(rawValue: 1 << 4)
    /// Is dropped as an accent.
    static let accent = ScalarClass(rawValue: 1 << 5)
    /// Has a combining class other than zero: canonical ordering may move it before the marks in front of it.
    static let reordered = ScalarClass(rawValue: 1 << 6)
}
