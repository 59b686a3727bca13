/// The words that lead up to what a clause says: connectives, discourse words, politeness, request phrases.
struct Opening {
    /// First token after them.
    private(set) var head: Int
    private(set) var cues: SegmentCues = []
    private(set) var connective: Connective?

    private static let politeWords: Set<String> = ["please", "kindly", "pls", "plz"]

    /// Reads from the left as far as such expressions follow one another.
    init(of range: Range<Int>, in tokens: [Token]) {
        head = range.lowerBound
        let clause = tokens[range]
        while head < range.upperBound, step(clause) {}
    }

    private mutating func step(_ clause: ArraySlice<Token>) -> Bool {
        if clause[head].isPunctuation {
            guard clause[head].isCuttingMark else { return false }
            head += 1
            return true
        }
        guard let (meaning, end) = OpeningPhrases.table.match(in: clause, at: head, letsAdverbsIn: \.letsAdverbsIn),
            note(meaning, clause, end)
        else { return false }
        head = end
        return true
    }

    /// Takes an expression into account; false when it belongs to the clause itself after all.
    private mutating func note(_ meaning: OpeningPhrases.Meaning, _ clause: ArraySlice<Token>, _ end: Int) -> Bool {
        switch meaning {
        case .connective(let kind):
            if connective == nil || connective == .and { connective = kind }
            if kind == .then { cues.insert(.sequenced) }
            if kind == .also { cues.insert(.additive) }
        case .sequence:
            noteSequence(clause[head..<end])
        case .ambiguousSequence:
            guard isSetApart(clause, end) else { return false }
            noteSequence(clause[head..<end])
        case .ambiguousFiller:
            guard isSetApart(clause, end) else { return false }
        case .addition:
            cues.insert(.additive)
        case .filler:
            if Self.politeWords.contains(clause[head].word) { cues.insert(.polite) }
        case .request:
            cues.insert([.polite, .requested])
            cues.remove(.desire)
            noteAdverbs(clause[head..<end])
            if ["i", "we", "i'd", "we'd"].contains(clause[head].word) { cues.insert(.wish) }
            if asksForHelp(clause[head..<end]) { cues.insert(.announces) }
            if beginsList(clause[head..<end]) { cues.insert([.sequenced, .first]) }
        case .desire:
            guard !cues.contains(.requested) else { return false }
            cues.insert(.desire)
            noteAdverbs(clause[head..<end])
        case .intention:
            cues.insert(.intention)
        }
        return true
    }

    private mutating func noteSequence(_ phrase: ArraySlice<Token>) {
        cues.insert(beginsList(phrase) ? [.sequenced, .first] : .sequenced)
    }

    /// "I need your assistance with", but not the plain "help me".
    private func asksForHelp(_ phrase: ArraySlice<Token>) -> Bool {
        let words = phrase.map(\.word)
        if words.contains("assistance") || words.contains("assist") { return true }
        return words.contains("help") && !Self.helpCompanions.isDisjoint(with: words)
    }

    private static let helpCompanions: Set<String> = ["need", "with", "in", "your", "some"]

    /// "first of all", "to begin with", "start by".
    private func beginsList(_ phrase: ArraySlice<Token>) -> Bool {
        phrase.contains { Self.beginnings.contains($0.word) }
    }

    private static let beginnings: Set<String> = ["first", "firstly", "start", "begin", "starters"]

    /// Adverbs inside a request phrase say the same as before it: "I would also like to".
    private mutating func noteAdverbs(_ phrase: ArraySlice<Token>) {
        for token in phrase {
            if token.word == "also" || token.word == "additionally" { cues.insert(.additive) }
            if token.word == "then" || token.word == "finally" { cues.insert(.sequenced) }
        }
    }

    /// A comma, a verb or a request follows, so the word before it numbers the clause rather than a noun.
    private func isSetApart(_ clause: ArraySlice<Token>, _ end: Int) -> Bool {
        guard end < clause.endIndex else { return true }
        let next = clause[end]
        if next.isPunctuation { return true }
        if next.isAny(of: [.verb, .subject, .auxiliary, .conjunction]) || next.word == "please" { return true }
        guard end + 1 < clause.endIndex else { return false }
        if next.classes.contains(.nounVerb) { return clause[end + 1].startsObject }
        // "first frobnicate the data": no noun stands before a determiner.
        return next.classes.isDisjoint(with: .closed) && !next.isTimeUnit
            && clause[end + 1].classes.contains(.determiner)
    }
}

extension Token {
    /// "next week the team …": a noun that "next" and "last" go with.
    fileprivate var isTimeUnit: Bool { ["week", "month", "year", "day", "night", "time", "quarter"].contains(word) }

    /// What a verb can be followed by and a noun hardly: a determiner, a pronoun, a literal, a name, a plural.
    var startsObject: Bool {
        switch kind {
        case .protected, .number, .identifier, .ideographs: true
        case .punctuation: false
        case .word:
            isAny(of: [.determiner, .objectPronoun, .quantity]) || isCapitalized || Inflection.isPlural(word)
        }
    }
}
