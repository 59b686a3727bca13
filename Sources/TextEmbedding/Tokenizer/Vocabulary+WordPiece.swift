/// The WordPiece algorithm: greedy, longest match first.
extension Vocabulary {
    /// Appends the ids of the pieces of a word: the longest piece that fits, from the start to the end of the word.
    ///
    /// When at some point no piece fits, or the word is overlong, the whole word becomes the unknown token. No part
    /// that is tried is longer than the longest piece, so a word costs at most its length times the length of that
    /// piece, however it is made up.
    func appendPieces(of word: borrowing WordBuffer, unknown: Int32, to ids: inout [Int32]) {
        guard !word.isOverlong else {
            ids.append(unknown)
            return
        }
        if let id = idOfWhole(word) {
            ids.append(id)
            return
        }
        let firstPiece = ids.count
        var start = 0
        while start < word.count {
            guard let (id, end) = longestPiece(of: word, from: start) else {
                ids.removeSubrange(firstPiece...)
                ids.append(unknown)
                return
            }
            ids.append(id)
            start = end
        }
    }

    /// Id of the piece that is the whole word, as most words are.
    private func idOfWhole(_ word: borrowing WordBuffer) -> Int32? {
        guard word.count <= longestPiece else { return nil }
        var hash = PieceTable.Hash()
        for index in 0..<word.count { hash.combine(word[index]) }
        return id(of: word, from: 0, to: word.count, hash: hash)
    }

    /// The longest piece at a place in a word, found by trying ever longer parts: one hash runs along with them.
    private func longestPiece(of word: borrowing WordBuffer, from start: Int) -> (id: Int32, end: Int)? {
        var longest: (id: Int32, end: Int)?
        var hash = PieceTable.Hash()
        for index in start..<min(word.count, start + longestPiece) {
            hash.combine(word[index])
            let end = index + 1
            // A part that ends inside a scalar is no piece: the vocabulary is valid UTF-8.
            if end < word.count, WordBuffer.isContinuation(word[end]) { continue }
            if let id = id(of: word, from: start, to: end, hash: hash) { longest = (id, end) }
        }
        return longest
    }
}
