package import TextEmbedding

/// The tokens of a query that carry meaning, with their states.
package struct QueryTokens: Sendable {
    /// The vocabulary's numbers.
    package let pieces: [Int32]
    /// The parts of the query's text they stand for, in UTF-8.
    package let bytes: [Range<Int>]
    /// Raw states, row after row.
    let states: [Float]

    package init(_ encoded: EncodedText, of text: String) {
        let kept = TokenSelection.positions(encoded.tokens, of: text)
        pieces = kept.map { encoded.tokens[$0].id }
        bytes = kept.map { encoded.tokens[$0].bytes }
        states = kept.flatMap { encoded.states[$0] }
    }
}
