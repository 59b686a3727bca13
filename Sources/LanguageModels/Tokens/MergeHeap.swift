/// The parts of one long piece of text and the pairs that may still merge, the lowest rank on top.
///
/// n bytes take O(n log n) time, so that a text without any space costs no more than another.
struct MergeHeap {
    private let vocabulary: BytePairVocabulary
    private let piece: Range<Int>
    /// For each byte that starts a part: the offset of the next part, and of the one before.
    private var next: [Int32]
    private var previous: [Int32]
    /// For each byte that starts a part: the rank of that part together with the next one.
    private var ranks: [Int32]
    /// A binary heap; the rank in the upper half, the offset in the lower, so that of equal ranks the left one wins.
    private var heap: [UInt64] = []

    init(_ vocabulary: BytePairVocabulary, _ text: Span<UInt8>, _ piece: Range<Int>) {
        self.vocabulary = vocabulary
        self.piece = piece
        let count = piece.count
        next = (0..<count).map { Int32($0 + 1) }
        previous = (0..<count).map { Int32($0 - 1) }
        ranks = [Int32](repeating: BytePairVocabulary.noRank, count: count)
        heap.reserveCapacity(count)
        for offset in 0..<(count - 1) { push(offset, text) }
        mergeAll(text)
    }

    /// Where each part starts in the text, and the end of the piece.
    func partStarts() -> [Int] {
        var starts: [Int] = []
        var offset = 0
        while offset < piece.count {
            starts.append(piece.lowerBound + offset)
            offset = Int(next[offset])
        }
        starts.append(piece.upperBound)
        return starts
    }

    private mutating func mergeAll(_ text: Span<UInt8>) {
        while let top = pop() {
            let offset = Int(top & 0xFFFF_FFFF)
            // An entry is stale when its pair has changed since it was pushed.
            guard ranks[offset] == Int32(top >> 32) else { continue }
            let absorbed = Int(next[offset])
            next[offset] = next[absorbed]
            if Int(next[absorbed]) < piece.count { previous[Int(next[absorbed])] = Int32(offset) }
            ranks[absorbed] = BytePairVocabulary.noRank
            push(offset, text)
            if previous[offset] >= 0 { push(Int(previous[offset]), text) }
        }
    }

    /// Looks up the pair that starts at an offset and queues it when it can merge.
    private mutating func push(_ offset: Int, _ text: Span<UInt8>) {
        let second = Int(next[offset])
        var rank = BytePairVocabulary.noRank
        if second < piece.count {
            rank = vocabulary.rank(in: text, (piece.lowerBound + offset)..<(piece.lowerBound + Int(next[second])))
        }
        ranks[offset] = rank
        guard rank != BytePairVocabulary.noRank else { return }
        heap.append(UInt64(rank) << 32 | UInt64(offset))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if heap[parent] <= heap[child] { break }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func pop() -> UInt64? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        if heap.isEmpty { return top }
        heap[0] = last
        var parent = 0
        while true {
            var child = parent * 2 + 1
            if child >= heap.count { break }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            if heap[parent] <= heap[child] { break }
            heap.swapAt(parent, child)
            parent = child
        }
        return top
    }
}
