/// The word pieces of a BERT vocabulary: one a line, the line number is the id, `##` marks a continuation.
///
/// All pieces stay in the bytes of the file. Pieces that begin a word and pieces that continue one are in separate
/// tables, the latter hashed without their mark, so that a look-up never has to build a key.
struct Vocabulary: Sendable {
    /// Where a piece lies in the contents, without its mark.
    private struct Piece: Sendable {
        let start: UInt32
        let end: UInt32
        let isContinuation: Bool
    }

    /// Length in bytes of the longest piece: longer parts of a word need not be looked up.
    private(set) var longestPiece = 0

    private let contents: [UInt8]
    private let pieces: [Piece]
    private var initials: PieceTable
    private var continuations: PieceTable

    /// - Parameter contents: A vocab.txt. ASCII white space at the end of a line is ignored; of equal lines the last
    ///   one counts.
    init(_ contents: [UInt8]) throws(TokenizerError) {
        guard !contents.isEmpty else { throw TokenizerError(.empty) }
        guard contents.count <= VocabularyFile.byteLimit else {
            throw TokenizerError(.tooLarge(byteCount: contents.count, limit: VocabularyFile.byteLimit))
        }
        guard (try? UTF8Span(validating: contents.span)) != nil else { throw TokenizerError(.notUTF8) }
        self.contents = contents
        pieces = Self.lines(of: contents)
        let continuationCount = pieces.count { $0.isContinuation }
        initials = PieceTable(capacity: pieces.count - continuationCount)
        continuations = PieceTable(capacity: continuationCount)
        for id in pieces.indices {
            insert(Int32(id))
        }
    }

    /// Number of pieces; every id is below it.
    var count: Int { pieces.count }

    /// The piece with an id, with its continuation mark.
    func piece(of id: Int32) -> String? {
        guard let piece = pieces.element(at: id) else { return nil }
        let text = String(decoding: contents[Int(piece.start)..<Int(piece.end)], as: UTF8.self)
        return piece.isContinuation ? "##" + text : text
    }

    /// Length in bytes of a piece, without its mark.
    func length(of id: Int32) -> Int {
        pieces.element(at: id).map { Int($0.end - $0.start) } ?? 0
    }

    /// Whether a piece continues the word of the piece before it.
    func isContinuation(_ id: Int32) -> Bool {
        pieces.element(at: id)?.isContinuation ?? false
    }

    /// Id of a piece that begins a word.
    func id(of name: String) -> Int32? {
        let name = Array(name.utf8)
        var hash = PieceTable.Hash()
        for byte in name { hash.combine(byte) }
        return initials.find(hash) { id in
            let piece = pieces[Int(id)]
            return contents[Int(piece.start)..<Int(piece.end)].elementsEqual(name)
        }
    }

    /// Id of the piece equal to a part of a word: one that begins a word at its start, one that continues it elsewhere.
    func id(of word: borrowing WordBuffer, from start: Int, to end: Int, hash: PieceTable.Hash) -> Int32? {
        start == 0
            ? initials.find(hash) { equals(pieces[Int($0)], word, from: start, to: end) }
            : continuations.find(hash) { equals(pieces[Int($0)], word, from: start, to: end) }
    }

    private func equals(_ piece: Piece, _ word: borrowing WordBuffer, from start: Int, to end: Int) -> Bool {
        guard Int(piece.end - piece.start) == end - start else { return false }
        let offset = Int(piece.start) - start
        for index in start..<end where contents[offset + index] != word[index] { return false }
        return true
    }

    private mutating func insert(_ id: Int32) {
        let piece = pieces[Int(id)]
        let range = Int(piece.start)..<Int(piece.end)
        guard !range.isEmpty else { return }
        longestPiece = max(longestPiece, range.count)
        var hash = PieceTable.Hash()
        for index in range { hash.combine(contents[index]) }
        let isSame = { [contents, pieces] (other: Int32) in
            contents[Int(pieces[Int(other)].start)..<Int(pieces[Int(other)].end)].elementsEqual(contents[range])
        }
        if piece.isContinuation {
            continuations.insert(hash, id: id, where: isSame)
        } else {
            initials.insert(hash, id: id, where: isSame)
        }
    }

    private static func lines(of contents: [UInt8]) -> [Piece] {
        let (lineFeed, hash) = (UInt8(ascii: "\n"), UInt8(ascii: "#"))
        var pieces: [Piece] = []
        // Pieces of English vocabularies have about eight bytes.
        pieces.reserveCapacity(contents.count / 7)
        var start = 0
        while start < contents.count {
            var next = start
            while next < contents.count, contents[next] != lineFeed { next += 1 }
            var end = next
            while end > start, isWhitespace(contents[end - 1]) { end -= 1 }
            let isContinuation = end - start > 2 && contents[start] == hash && contents[start + 1] == hash
            let first = isContinuation ? start + 2 : start
            pieces.append(Piece(start: UInt32(first), end: UInt32(end), isContinuation: isContinuation))
            start = next + 1
        }
        return pieces
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || UInt8(ascii: "\t")...UInt8(ascii: "\r") ~= byte
    }
}

extension Array {
    /// The element with an id as its index, if there is one.
    fileprivate func element(at id: Int32) -> Element? {
        indices.contains(Int(id)) ? self[Int(id)] : nil
    }
}
