/// The thing that a dropped sentence has put on the table: "my CV" in "Here is my CV. Proofread it."
enum ContextObjects {
    /// What the sentence right before a segment introduces; nil when it tells something else.
    static func introduced(before index: Int, in request: SegmentedRequest) -> ObjectPhrase? {
        let asking = request.segments[index]
        let telling = request.segments[..<index].filter {
            $0.role == .context && !$0.cues.contains(.filler) && $0.sentence + 1 == asking.sentence
        }
        guard telling.count == 1, let segment = telling.first, segment.body.count > 2 else { return nil }
        if let subject = subject(of: segment, in: request) { return subject }
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

    /// "my laptop" in "My laptop is slow."
    private static func subject(of segment: Segment, in request: SegmentedRequest) -> ObjectPhrase? {
        guard let start = segment.body.first, request.tokens[start].classes.contains(.determiner),
            !pointers.contains(request.tokens[start].word),
            let phrase = NounPhrase(in: request.tokens[segment.body]), phrase.range.lowerBound == start,
            phrase.range.count > 1, phrase.range.upperBound < segment.tokens.upperBound,
            states.contains(request.tokens[phrase.range.upperBound].word),
            var object = ObjectPhrase(phrase, in: request)
        else { return nil }
        // The article or possessive began a sentence.
        object.text = object.text.prefix(1).lowercased() + object.text.dropFirst()
        object.base = object.base.prefix(1).lowercased() + object.base.dropFirst()
        return object
    }

    /// Point at something themselves: "that is bad".
    private static let pointers: Set<String> = ["this", "that", "these", "those"]

    private static let states: Set<String> = [
        "is", "are", "isn't", "aren't", "was", "were", "has", "have", "won't", "doesn't", "don't", "keeps", "keep",
    ]

    /// What people do with a thing before they ask for something to be done with it.
    private static let introductions: Set<String> = [
        "have", "wrote", "made", "built", "drew", "bought", "got", "took", "found", "need", "own", "just", "recently",
    ]

    private static func isPartOfVerb(_ token: Token) -> Bool {
        ["got", "written", "made", "built", "drawn", "bought", "taken", "found", "wrote", "took", "drew"]
            .contains(token.word) || token.classes.contains(.adverb) || Inflection.base(ofParticiple: token.word) != nil
    }
}
