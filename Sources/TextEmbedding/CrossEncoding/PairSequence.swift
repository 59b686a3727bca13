/// Two texts as a model of sentence pairs reads them: `[CLS] first [SEP] second [SEP]`.
package struct PairSequence: Sendable, Hashable {
    package var ids: [Int32]
    /// Where the second text begins; what is before is of type 0, the rest of type 1.
    package var secondStart: Int

    /// - Parameters:
    ///   - first: tokens of the first text, without marks.
    ///   - limit: most ids in all, marks included.
    init(_ first: [Int32], _ second: [Int32], limit: Int, opening: Int32, closing: Int32) {
        let kept = Self.lengths(first.count, second.count, limit: max(0, limit - 3))
        ids = [opening] + first.prefix(kept.first) + [closing]
        secondStart = ids.count
        ids += second.prefix(kept.second) + [closing]
    }

    /// How much of each text is kept, the longer one cut first: as Hugging Face `tokenizers` does it.
    static func lengths(_ first: Int, _ second: Int, limit: Int) -> (first: Int, second: Int) {
        guard first + second > limit else { return (first, second) }
        let (short, long) = (min(first, second), max(first, second))
        let half = limit / 2
        let kept = short > half ? (half, limit - half) : (short, min(long, limit - short))
        return first > second ? (kept.1, kept.0) : (kept.0, kept.1)
    }
}
