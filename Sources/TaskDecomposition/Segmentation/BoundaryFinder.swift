/// Says for each token of a request whether a segment begins there, and after what kind of boundary.
struct BoundaryFinder {
    private let tokens: [Token]
    private let markers: [Range<Int>]
    private let language: RequestLanguage
    private var nextMarker = 0
    /// A `between` or `both` is open, so the next "and" joins its two sides.
    private var expectsPair = false

    struct Cut {
        var boundary: Boundary
        /// First token of the new segment.
        var contentStart: Int
        /// First token at which the next cut may be.
        var resume: Int
    }

    init(tokens: [Token], markers: [Range<Int>], language: RequestLanguage) {
        self.tokens = tokens
        self.markers = markers
        self.language = language
    }

    /// The cut before a token; to be called with ascending places.
    mutating func cut(before index: Int) -> Cut? {
        while nextMarker < markers.count, markers[nextMarker].lowerBound < index { nextMarker += 1 }
        if nextMarker < markers.count, markers[nextMarker].lowerBound == index {
            let marker = markers[nextMarker]
            return Cut(boundary: .listItem, contentStart: marker.upperBound, resume: marker.upperBound + 1)
        }
        let mark = index > 0 ? boundary(after: index - 1) : nil
        if let mark { expectsPair = mark == .comma && expectsPair }
        guard language == .english else {
            if let (_, end) = ForeignWords.sequence.match(in: tokens[...], at: index), index > 0 {
                return Cut(boundary: mark ?? .word, contentStart: index, resume: end)
            }
            return mark.map { Cut(boundary: $0, contentStart: index, resume: index + 1) }
        }
        if let end = connectiveEnd(at: index, isAfterMark: mark != nil) {
            return Cut(boundary: mark ?? .word, contentStart: index, resume: end)
        }
        if tokens[index].word == "between" || tokens[index].word == "both" { expectsPair = true }
        return mark.map { Cut(boundary: $0, contentStart: index, resume: index + 1) }
    }
}

// MARK: - Punctuation

extension BoundaryFinder {
    /// The boundary that the token at a place makes for what follows it.
    private func boundary(after index: Int) -> Boundary? {
        let next = tokens[index + 1]
        if next.isAfterLineBreak, isLineEnd(index) { return .line }
        guard case .punctuation(let mark) = tokens[index].kind else {
            return endsQuotedSentence(index) ? .sentence : nil
        }
        switch mark {
        case "\u{3002}", "\u{FF01}", "\u{FF1F}", "\u{0964}", "\u{061F}", "\u{06D4}": return .sentence
        case "\u{FF1B}", "\u{061B}": return .semicolon
        case "\u{FF0C}", "\u{060C}": return .comma
        case "\u{FF1A}": return .colon
        case "\u{2192}", "\u{21D2}": return .dash
        case ">" where index > 0 && isArrowShaft(tokens[index - 1]): return .dash
        case "\u{2014}": return .dash
        case "-", "\u{2013}": return tokens[index].isAfterSpace && next.isAfterSpace ? .dash : nil
        case ",": return next.isAfterSpace || next.kind == .word || next.kind == .ideographs ? .comma : nil
        case ";": return .semicolon
        case ":": return next.isAfterSpace ? .colon : nil
        case "!", "?", "\u{2026}": return next.isAfterSpace ? .sentence : nil
        case ".": return next.isAfterSpace && endsSentence(index) ? .sentence : nil
        default: return nil
        }
    }

    private func isArrowShaft(_ token: Token) -> Bool { token.isMark("-") || token.isMark("=") }

    private func endsSentence(_ index: Int) -> Bool {
        guard index > 0, !tokens[index].isAfterSpace else { return true }
        return !Abbreviations.isAbbreviation(tokens[index - 1], before: tokens[index + 1])
    }

    /// A quote that ends in a full stop, with a capital after it: `the content is 'Click here.' After that`.
    private func endsQuotedSentence(_ index: Int) -> Bool {
        let next = tokens[index + 1]
        return tokens[index].endsInFullStop && next.isCapitalized && next.isAfterSpace
            && next.isAny(of: [.subject, .adverb, .temporal, .determiner, .verb, .questionWord])
    }

    /// A line break ends a segment unless the line was only wrapped.
    private func isLineEnd(_ index: Int) -> Bool {
        let next = tokens[index + 1]
        if tokens[index].isPunctuation || next.isCapitalized || next.isPunctuation { return true }
        var start = index
        while start > 0, !tokens[start].isAfterLineBreak, index - start < 12 { start -= 1 }
        return tokens[index].span.upperBound - tokens[start].span.lowerBound < 50
    }
}

// MARK: - Connectives

extension BoundaryFinder {
    /// Where the connective ends that begins at a token and may open a clause there; nil when there is none.
    private mutating func connectiveEnd(at index: Int, isAfterMark: Bool) -> Int? {
        guard index > 0,
            case (.connective(let kind), let end)? = OpeningPhrases.connectiveTable.match(in: tokens[...], at: index)
        else { return nil }
        let previous = tokens[index - 1]
        switch kind {
        case .and:
            if expectsPair, !isAfterMark {
                expectsPair = false
                return nil
            }
            if end < tokens.count, Idioms.isPair(previous, tokens[end]) { return nil }
            if tokens[index].word == "plus", previous.kind == .number { return nil }
            return end
        case .then, .also:
            return isAfterMark || end > index + 1 || !modifiesVerb(after: previous) ? end : nil
        case .but:
            return end
        case .before:
            // "before sending it", but not "before booking" alone, which only says when.
            guard end + 1 < tokens.count, tokens[end].verbForm == .gerund else { return nil }
            return tokens[end + 1].startsObject ? end : nil
        case .or:
            return nil
        }
    }

    /// "I would then like to", "you also have", "to then go": the adverb belongs to the verb it stands beside.
    private func modifiesVerb(after previous: Token) -> Bool {
        if previous.word == "to" || previous.word == "not" || previous.classes.contains(.auxiliary) { return true }
        return previous.classes.contains(.subject) && !previous.classes.contains(.objectPronoun)
    }
}
