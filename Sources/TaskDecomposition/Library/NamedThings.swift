/// What a text calls by name, so that it can be looked up: "Sofia Coppola", "'Twilight'", "anna@example.com".
struct NamedThings: Sendable, Hashable {
    /// A name, and the noun before it that says what it is the name of: "movie" in "the movie Titanic".
    struct Name: Sendable, Hashable {
        var text: String
        var kind: String?
    }

    /// The names as the text has them.
    private(set) var names: [Name] = []
    /// The text holds something that looks like an identifier: nobody has to look one up.
    private(set) var hasIdentifier = false

    init(in text: String) {
        let request = FineSplit.tokens(of: text)
        let tokens = request.tokens
        let capitalsTell = Self.capitalsTell(in: request)
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            if isIdentifier(index, tokens, request) { hasIdentifier = true }
            if token.kind == .protected, let name = quoted(token, request) {
                names.append(Name(text: name, kind: kind(before: index, tokens)))
                index += 1
                continue
            }
            var end = index
            while capitalsTell, end < tokens.count, end - index < Self.longestName,
                isName(end, tokens, request, isFirst: end == index)
            {
                end += 1
            }
            // "The Double Life of Veronique": a small word between two parts of a name belongs to it.
            while end > index, tokens[end - 1].classes.contains(.preposition) { end -= 1 }
            if end > index, let span = request.span(of: index..<end) {
                let text = Self.withoutGenitive(String(request.text(of: span)))
                names.append(Name(text: text, kind: kind(before: index, tokens)))
                index = end
            } else {
                index += 1
            }
        }
    }

    /// In words; what goes on beyond is no name.
    private static let longestName = 8
    /// Bytes in brackets that are read for an identifier.
    private static let longestRemark = 80

    /// German writes every noun with a capital, a headline every word: there a capital says nothing.
    private static func capitalsTell(in request: SegmentedRequest) -> Bool {
        request.language == .english && request.tokens.contains { $0.kind == .word && !$0.isCapitalized }
    }

    /// The common noun right before a name.
    private func kind(before index: Int, _ tokens: [Token]) -> String? {
        guard index > 0, tokens[index - 1].kind == .word, !tokens[index - 1].isCapitalized,
            tokens[index - 1].classes.isDisjoint(with: .closed), !tokens[index - 1].classes.contains(.verb)
        else { return nil }
        return tokens[index - 1].word
    }

    private func quoted(_ token: Token, _ request: SegmentedRequest) -> String? {
        let text = request.text(of: token.span)
        guard let first = text.first, ["\"", "'", "“", "‘", "«"].contains(first), text.utf8.count <= 120 else {
            return text.contains("@") && !text.contains(" ") ? String(text) : nil
        }
        return String(text)
    }

    /// A capital inside the sentence that begins no sentence and no abbreviation.
    private func isName(_ index: Int, _ tokens: [Token], _ request: SegmentedRequest, isFirst: Bool) -> Bool {
        let token = tokens[index]
        guard index > 0, token.kind == .word else { return false }
        if !isFirst, token.word == "of" || token.word == "the", index + 1 < tokens.count {
            return tokens[index + 1].isCapitalized || tokens[index + 1].word == "the"
        }
        guard token.isCapitalized, !Self.notNames.contains(token.word) else { return false }
        let before = tokens[index - 1]
        if isFirst, before.isMark(".") || before.isMark("?") || before.isMark("!") || before.isMark(":") {
            return false
        }
        if isFirst, token.isAny(of: [.subject, .questionWord]) { return false }
        let letters = request.text(of: token.span)
        let isAbbreviation = letters.utf8.count <= 5 && letters.allSatisfy { $0.isUppercase }
        return !isAbbreviation || !isFirst
    }

    private static let notNames: Set<String> = [
        "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
        "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "english", "german",
        "french", "spanish", "italian", "chinese", "japanese", "i", "i'm", "i'd", "i'll", "i've",
    ]

    /// "ID 4711", "order 4711", "#12", "AB-1234": an identifier rather than an amount.
    private func isIdentifier(_ index: Int, _ tokens: [Token], _ request: SegmentedRequest) -> Bool {
        let token = tokens[index]
        if ["id", "ids", "identifier", "code", "number", "uuid"].contains(token.word) { return true }
        let before = index > 0 ? tokens[index - 1] : nil
        let text = request.text(of: token.span)
        switch token.kind {
        case .number:
            if before?.isMark("#") == true { return true }
            let isLong = text.utf8.count >= 5 && text.utf8.allSatisfy { 0x30...0x39 ~= $0 }
            return isLong
        case .identifier: return text.contains { $0.isNumber } && !text.contains("@")
        case .protected:
            if text.hasPrefix("(") || text.hasPrefix("[") {
                guard text.utf8.count <= Self.longestRemark else { return false }
                return NamedThings(in: String(text.dropFirst().dropLast())).hasIdentifier
            }
            return text.contains { $0.isNumber } && !text.contains(" ") && text.utf8.count <= 40
        case .word, .ideographs, .punctuation: return false
        }
    }

    private static func withoutGenitive(_ name: String) -> String {
        for end in ["'s", "’s"] where name.hasSuffix(end) { return String(name.dropLast(2)) }
        return name
    }
}
