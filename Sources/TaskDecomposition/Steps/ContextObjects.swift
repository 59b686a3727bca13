/// The thing that a dropped sentence has put on the table: "my CV" in "Here is my CV. Proofread it."
enum ContextObjects {
    /// What the sentence right before a segment introduces; nil when it tells something else.
    static func introduced(before index: Int, in request: SegmentedRequest) -> ObjectPhrase? {
        let asking = request.segments[index]
        let telling = request.segments[..<index].filter {
            $0.role == .context && !$0.cues.contains(.filler) && $0.sentence + 1 == asking.sentence
        }
        guard telling.count == 1, let segment = telling.first, segment.body.count > 2 else { return nil }
        let words = request.tokens[segment.body].prefix(3).map(\.word)
        let verb: Int
        switch (words[0], words[1]) {
        case ("here's", _), ("i've", _): verb = 0
        case ("here", "is"), ("here", "are"), ("this", "is"), ("these", "are"): verb = 1
        case ("i", let word), ("we", let word):
            guard introductions.contains(word) || Inflection.base(ofParticiple: word) != nil else { return nil }
            verb = 1
        default: return nil
        }
        var start = segment.head + verb + 1
        // "I have written a poem", "I've got a file", "I just finished a draft".
        while start < segment.tokens.upperBound, isPartOfVerb(request.tokens[start]) { start += 1 }
        let rest = request.tokens[start..<segment.tokens.upperBound]
        guard let phrase = NounPhrase(in: rest), phrase.range.lowerBound == start else { return nil }
        return ObjectPhrase(phrase, in: request)
    }

    /// What people do with a thing before they ask for something to be done with it.
    private static let introductions: Set<String> = [
        "have", "wrote", "made", "built", "drew", "bought", "got", "took", "found", "need", "own", "just", "recently",
    ]

    private static func isPartOfVerb(_ token: Token) -> Bool {
        ["got", "written", "made", "built", "drawn", "bought", "taken", "found", "wrote", "took", "drew"]
            .contains(token.word) || token.classes.contains(.adverb) || Inflection.base(ofParticiple: token.word) != nil
    }
}
