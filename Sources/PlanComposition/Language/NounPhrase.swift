import SkillCatalog

/// A thing a step speaks of: "the calculated distance", "a visual report", "product reviews".
struct NounPhrase: Sendable, Hashable {
    enum Determiner: Sendable, Hashable {
        case definite, demonstrative, possessive, indefinite, quantified, personal, bare
    }

    var determiner: Determiner
    /// Modifiers, then the head.
    var words: [RequestToken]
    /// The preposition before it, in lower case.
    var preposition: String?
    /// A literal follows that says which one: "the song 'Imagine'".
    var namesLiteral: Bool
    /// Place of its first token in the step's words.
    var position: Int

    /// The words as written, with the determiner left out.
    var text: String { words.map(\.text).joined(separator: " ") }

    var stems: [String] { words.map(\.stem) }

    /// Stem of the noun that says what it is, behind nouns such as "value" or "amount"; nil when there is none.
    var head: String? { stems.last { !EnglishWords.genericNouns.contains($0) } }

    /// "the invoice's number": the phrase up to the owner; nil when nobody owns it.
    var owner: NounPhrase? {
        guard let place = words.firstIndex(where: \.isPossessive), place < words.count - 1 else { return nil }
        var owner = self
        owner.words = Array(words[...place])
        return owner
    }

    /// Nothing but nouns such as "data" and "information".
    var isGeneric: Bool { head == nil }

    var isPlural: Bool { words.last.map { $0.text.hasSuffix("s") && !$0.text.hasSuffix("ss") } ?? false }

    /// The words before the head that are forms of a verb, as in "the *converted* amount".
    var participles: [String] {
        words.dropLast(words.count > 1 ? 1 : 0).filter { $0.text.hasSuffix("ed") || $0.text.hasSuffix("en") }.map(
            \.stem
        )
    }
}

/// Finds the noun phrases in a run of tokens.
enum NounPhraseReader {
    /// All phrases, in order. A step's verb is given away so that it is not taken for a noun.
    static func phrases(in tokens: [RequestToken], verbAt verb: Int?) -> [NounPhrase] {
        var phrases: [NounPhrase] = []
        var index = 0
        while index < tokens.count {
            guard tokens[index].isWord, index != verb else {
                index += 1
                continue
            }
            let determiner = opensClause(index, in: tokens, verbAt: verb) ? nil : determiner(tokens[index].text)
            if determiner == nil && EnglishWords.functionWords.contains(tokens[index].text) {
                index += 1
                continue
            }
            let start = determiner == nil ? index : index + 1
            let end = endOfWords(tokens, from: start, verbAt: verb)
            if end > start {
                phrases.append(
                    NounPhrase(
                        determiner: determiner ?? .bare,
                        words: tokens[start..<end].filter(\.isWord),
                        preposition: preposition(before: index, in: tokens),
                        namesLiteral: namesLiteral(tokens, after: end),
                        position: index
                    )
                )
            }
            index = max(end, index + 1)
        }
        // "an incident that occurred": a clause, not a thing.
        return phrases.filter { $0.words.count > 1 || $0.words.first.map { !$0.text.hasSuffix("ed") } ?? false }
    }

    private static func determiner(_ word: String) -> NounPhrase.Determiner? {
        if EnglishWords.definiteArticles.contains(word) { return .definite }
        if EnglishWords.demonstratives.contains(word) { return .demonstrative }
        if EnglishWords.possessives.contains(word) { return .possessive }
        if EnglishWords.indefiniteArticles.contains(word) { return .indefinite }
        if EnglishWords.quantifiers.contains(word) { return .quantified }
        if EnglishWords.personalDeterminers.contains(word) { return .personal }
        return nil
    }

    /// "laws *that* apply": behind a noun the word points nowhere.
    private static func opensClause(_ index: Int, in tokens: [RequestToken], verbAt verb: Int?) -> Bool {
        guard tokens[index].text == "that", index > 0, index - 1 != verb, tokens[index - 1].isWord else { return false }
        return !EnglishWords.functionWords.contains(tokens[index - 1].text)
    }

    private static func endOfWords(_ tokens: [RequestToken], from start: Int, verbAt verb: Int?) -> Int {
        var end = start
        while end < tokens.count, end != verb {
            let token = tokens[end]
            if token.isWord {
                // "the cheapest one"
                if EnglishWords.functionWords.contains(token.text), token.text != "one" || end == start { break }
            } else if case .number = token.literal, end + 1 < tokens.count, tokens[end + 1].isWord,
                !EnglishWords.functionWords.contains(tokens[end + 1].text), end == start
            {
                // "the 20 largest files": the number counts, it names nothing.
            } else {
                break
            }
            end += 1
        }
        // "the interest earned on …": the participle behind the noun starts what is said about it.
        while end > start + 1, tokens[end - 1].text.hasSuffix("ed") || tokens[end - 1].text == "paid" { end -= 1 }
        return end
    }

    private static func preposition(before index: Int, in tokens: [RequestToken]) -> String? {
        guard index > 0, tokens[index - 1].isWord, EnglishWords.prepositions.contains(tokens[index - 1].text) else {
            return nil
        }
        return tokens[index - 1].text
    }

    private static let namingWords = EnglishWords.words("of at named called titled is as by")
    private static let identifyingWords = EnglishWords.words("id identifier name title number code key")

    /// A literal stands directly behind, or behind words such as "named", "of" or "with the ID".
    private static func namesLiteral(_ tokens: [RequestToken], after end: Int) -> Bool {
        var isIdentified = true
        for token in tokens[min(end, tokens.count)...].prefix(4) {
            if token.literal != nil { return isIdentified }
            switch token.text {
            // "encrypt the result with 'key'": "with" alone adds another thing.
            case "with", "whose", "by", "the": isIdentified = isIdentified && token.text == "by"
            case _ where identifyingWords.contains(token.text): isIdentified = true
            case _ where namingWords.contains(token.text) || [":", "(", "["].contains(token.mark): break
            default: return false
            }
        }
        return false
    }
}
