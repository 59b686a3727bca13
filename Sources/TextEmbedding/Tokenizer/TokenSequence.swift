/// The token ids of a text, ready for the encoder.
package struct TokenSequence: Sendable, Hashable {
    /// Ids in order, with the classification token first and the separator last.
    package let ids: [Int32]

    /// Whether tokens of the text were left out to keep within the limit.
    package let isTruncated: Bool

    package init(ids: [Int32], isTruncated: Bool) {
        self.ids = ids
        self.isTruncated = isTruncated
    }
}
