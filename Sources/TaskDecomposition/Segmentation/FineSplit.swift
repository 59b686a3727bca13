/// Cuts a request at every place where a new clause may begin: rather too often than too seldom.
///
/// Boundaries are ends of sentences, list markers, line breaks, `;`, `:`, dashes, commas and connectives. What is data
/// rather than instruction (quotes, brackets, addresses, paths, numbers, abbreviations) is never cut. Roles decide
/// afterwards which pieces belong together. Time and memory are linear in the length of the request.
package struct FineSplit {
    private let tokens: [Token]
    private var pieces: [Piece] = []

    /// Tokens between two boundaries.
    private struct Piece {
        var tokens: Range<Int>
        var boundary: Boundary
    }

    /// Splits a request; segments have no role yet (all are continuations).
    package static func split(_ request: String, lexicon: Lexicon = .english) -> SegmentedRequest {
        var result = tokens(of: request, lexicon: lexicon)
        var split = FineSplit(tokens: result.tokens)
        split.cut(ListMarkerScanner.scan(result.tokens, of: Array(result.text.utf8)), result.language)
        split.joinLoneOpenings()
        result.segments = split.segments()
        return result
    }

    /// The tokens and the language of a request, not yet split.
    package static func tokens(of request: String, lexicon: Lexicon = .english) -> SegmentedRequest {
        var text = request
        text.makeContiguousUTF8()
        let tokens = TokenScanner.scan(Array(text.utf8).withoutOuterQuotes(), lexicon: lexicon)
        return SegmentedRequest(text: text, tokens: tokens, segments: [], language: RequestLanguage.detect(tokens))
    }

    private init(tokens: [Token]) { self.tokens = tokens }
}

// MARK: - Cutting

extension FineSplit {
    private mutating func cut(_ markers: [Range<Int>], _ language: RequestLanguage) {
        var finder = BoundaryFinder(tokens: tokens, markers: markers, language: language)
        var start = 0
        var boundary = Boundary.start
        var index = 0
        while index < tokens.count {
            if let cut = finder.cut(before: index) {
                append(start..<index, boundary)
                // Nothing but punctuation since the last cut: the stronger of the two boundaries counts.
                boundary = pieces.last?.tokens.upperBound == index ? cut.boundary : min(boundary, cut.boundary)
                start = cut.contentStart
                index = max(index + 1, cut.contentStart, cut.resume)
            } else {
                index += 1
            }
        }
        append(start..<tokens.count, boundary)
    }

    /// Adds a piece without the marks at its ends, unless nothing is left of it.
    private mutating func append(_ range: Range<Int>, _ boundary: Boundary) {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, tokens[lower].isCuttingMark { lower += 1 }
        while upper > lower, tokens[upper - 1].isCuttingMark { upper -= 1 }
        guard lower < upper else { return }
        pieces.append(Piece(tokens: lower..<range.upperBound, boundary: pieces.isEmpty ? .start : boundary))
    }

    /// A piece of discourse words only ("Finally,") belongs to the clause it opens.
    private mutating func joinLoneOpenings() {
        var joined: [Piece] = []
        var pending: Piece?
        for piece in pieces {
            let isOpening = Opening(of: piece.tokens, in: tokens).head == piece.tokens.upperBound
            var piece = piece
            if let opening = pending {
                let startsAnew = piece.boundary.startsSentence && piece.boundary != .line
                if startsAnew {
                    joined.append(opening)
                } else {
                    piece = Piece(
                        tokens: opening.tokens.lowerBound..<piece.tokens.upperBound,
                        boundary: opening.boundary
                    )
                }
            }
            pending = nil
            if isOpening {
                pending = piece
            } else {
                joined.append(piece)
            }
        }
        if let pending { joined.append(pending) }
        pieces = joined
    }

    private func segments() -> [Segment] {
        var sentence = -1
        return pieces.map { piece in
            if piece.boundary.startsSentence || sentence < 0 { sentence += 1 }
            var upper = piece.tokens.upperBound
            while upper > piece.tokens.lowerBound + 1, tokens[upper - 1].isCuttingMark { upper -= 1 }
            let range = piece.tokens.lowerBound..<upper
            let opening = Opening(of: range, in: tokens)
            return Segment(
                span: tokens[range.lowerBound].span.lowerBound..<tokens[upper - 1].span.upperBound,
                tokens: range,
                boundary: piece.boundary,
                connective: opening.connective,
                head: opening.head,
                sentence: sentence,
                role: .continuation,
                cues: opening.cues,
                confidence: 0
            )
        }
    }
}

extension Token {
    /// A mark that separates clauses and says nothing at either end of one.
    var isCuttingMark: Bool {
        guard case .punctuation(let mark) = kind else { return false }
        return Self.cuttingMarks.contains(mark) || mark.isPictograph
    }

    private static let cuttingMarks: Set<Unicode.Scalar> = [
        ".", ",", ";", ":", "!", "?", "\u{2026}", "-", "\u{2013}", "\u{2014}", "\u{2192}", ">", "|", "\u{3002}",
        "\u{FF0C}", "\u{3001}", "\u{FF1B}", "\u{FF1A}", "\u{FF01}", "\u{FF1F}", "\u{BF}", "\u{A1}", "*", "\u{2022}",
        "\u{0964}", "\u{061F}", "\u{060C}", "\u{061B}", "\u{06D4}",
    ]
}

extension [UInt8] {
    /// The request with quotes around the whole of it blanked out; offsets stay as they are.
    fileprivate func withoutOuterQuotes() -> [UInt8] {
        guard let first = firstIndex(where: { $0 > 0x20 }), let last = lastIndex(where: { $0 > 0x20 }), first < last,
            self[first] == self[last], self[first] == UInt8(ascii: "\"") || self[first] == UInt8(ascii: "'")
        else { return self }
        let mark = self[first]
        let inner = self[(first + 1)..<last]
        // Quotes of that kind inside mean that the first one may belong to a quoted word.
        if mark == UInt8(ascii: "\""), inner.contains(mark) { return self }
        if mark == UInt8(ascii: "'"), let next = inner.firstIndex(of: mark), next + 1 < last, self[next + 1] <= 0x20 {
            return self
        }
        var bytes = self
        bytes[first] = 0x20
        bytes[last] = 0x20
        return bytes
    }
}
