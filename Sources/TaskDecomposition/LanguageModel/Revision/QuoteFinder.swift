/// Finds quoted words in a request, whatever letter case, white space and quotation marks a model changed.
struct QuoteFinder {
    private struct Mark {
        let scalar: Unicode.Scalar
        /// Bytes of the request it came from.
        let span: Range<Int>
    }

    private let marks: [Mark]

    init(_ request: String) {
        var marks: [Mark] = []
        var offset = 0
        for scalar in request.unicodeScalars {
            let end = offset + UTF8.width(scalar)
            if let folded = Self.folded(scalar, after: marks.last?.scalar) {
                marks.append(Mark(scalar: folded, span: offset..<end))
            }
            offset = end
        }
        self.marks = marks
    }

    /// Where the quote stands, every time; nothing for a quote without letters.
    func places(of quote: String, atMost limit: Int = 8) -> [Range<Int>] {
        let wanted = Self.needle(quote)
        guard !wanted.isEmpty, wanted.count <= marks.count else { return [] }
        var places: [Range<Int>] = []
        var start = 0
        while places.count < limit, start + wanted.count <= marks.count {
            if wanted.indices.allSatisfy({ marks[start + $0].scalar == wanted[$0] }), isWhole(start, wanted.count) {
                places.append(marks[start].span.lowerBound..<marks[start + wanted.count - 1].span.upperBound)
                start += wanted.count
            } else {
                start += 1
            }
        }
        return places
    }

    /// Not in the middle of a word.
    private func isWhole(_ start: Int, _ count: Int) -> Bool {
        joins(start - 1, start) == false && joins(start + count - 1, start + count) == false
    }

    private func joins(_ left: Int, _ right: Int) -> Bool {
        guard left >= 0, right < marks.count else { return false }
        let (first, second) = (marks[left].scalar, marks[right].scalar)
        return first.isWordPart && second.isWordPart && !first.isIdeographic && !second.isIdeographic
    }

    /// The quote as marks, without punctuation at its ends.
    private static func needle(_ quote: String) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        for scalar in quote.unicodeScalars.prefix(4_000) {
            if let folded = folded(scalar, after: scalars.last) { scalars.append(folded) }
        }
        while let last = scalars.last, !last.isWordPart { scalars.removeLast() }
        return Array(scalars.drop { !$0.isWordPart })
    }

    /// Nil for white space that follows white space.
    private static func folded(_ scalar: Unicode.Scalar, after last: Unicode.Scalar?) -> Unicode.Scalar? {
        if scalar.isBlank { return last == " " ? nil : " " }
        switch scalar {
        case "\u{2018}", "\u{2019}": return "'"
        case "\u{201C}", "\u{201D}": return "\""
        case "A"..."Z": return Unicode.Scalar(scalar.value | 0x20) ?? scalar
        default: return scalar.value < 0x80 ? scalar : scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        }
    }
}
