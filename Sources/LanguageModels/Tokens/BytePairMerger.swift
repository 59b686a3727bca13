/// Splits one piece of text into tokens by merging neighbours, the lowest rank first.
///
/// Equal to tiktoken: of two pairs with one rank the left one merges first; a pair merges when what it spells together
/// is a token. It keeps its scratch memory between pieces.
struct BytePairMerger {
    /// Pieces up to this many bytes search the lowest rank by looking at all pairs, longer ones with a heap.
    static let scanLimit = 96

    private let vocabulary: BytePairVocabulary
    /// Where each part starts; the last entry is the end of the piece.
    private var starts: [Int] = []
    /// Rank of each part together with the next one.
    private var ranks: [Int32] = []

    init(_ vocabulary: BytePairVocabulary) {
        self.vocabulary = vocabulary
    }

    /// Hands over the tokens of a piece in order; their number is returned.
    @inline(__always)
    mutating func merge(_ text: Span<UInt8>, _ piece: Range<Int>, _ emit: (Int32) -> Void) -> Int {
        let whole = vocabulary.rank(in: text, piece)
        if whole != BytePairVocabulary.noRank {
            emit(whole)
            return 1
        }
        if piece.count <= Self.scanLimit {
            mergeByScanning(text, piece)
        } else {
            starts = MergeHeap(vocabulary, text, piece).partStarts()
        }
        for index in 0..<(starts.count - 1) {
            emit(vocabulary.rank(in: text, starts[index]..<starts[index + 1]))
        }
        return starts.count - 1
    }

    private mutating func mergeByScanning(_ text: Span<UInt8>, _ piece: Range<Int>) {
        starts.removeAll(keepingCapacity: true)
        ranks.removeAll(keepingCapacity: true)
        for start in piece {
            starts.append(start)
            ranks.append(BytePairVocabulary.noRank)
        }
        starts.append(piece.upperBound)
        for place in ranks.indices { ranks[place] = pairRank(text, at: place) }
        while true {
            var lowest = BytePairVocabulary.noRank
            var place = 0
            for index in ranks.indices where ranks[index] < lowest {
                lowest = ranks[index]
                place = index
            }
            if lowest == BytePairVocabulary.noRank { return }
            starts.remove(at: place + 1)
            ranks.remove(at: place + 1)
            ranks[place] = pairRank(text, at: place)
            if place > 0 { ranks[place - 1] = pairRank(text, at: place - 1) }
        }
    }

    /// Rank of what a part and the next one spell together.
    private func pairRank(_ text: Span<UInt8>, at place: Int) -> Int32 {
        guard place + 2 < starts.count else { return BytePairVocabulary.noRank }
        return vocabulary.rank(in: text, starts[place]..<starts[place + 2])
    }
}
