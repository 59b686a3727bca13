import SkillCatalog

/// What the words of one step say, as far as it matters for its place in the plan.
struct StepReading: Sendable {
    /// The words between the step before and this one, and those that only open it: "and then", "feed it into".
    let lead: [RequestToken]
    /// The words of the step itself, from its verb on.
    let body: [RequestToken]
    /// The words up to the next step, or to the end of the request.
    let trail: [RequestToken]
    /// Place of the verb in the body.
    let verbPosition: Int?
    let phrases: [NounPhrase]
    let leadPhrases: [NounPhrase]
    /// Number of the sentence it stands in; nil when it was not found in the request.
    let sentence: Int?

    /// - Parameter words: the step's own tokens; what merely opens them is moved to the lead.
    init(lead: [RequestToken], words: [RequestToken], trail: [RequestToken] = [], isPlaced: Bool) {
        let start = Self.startOfBody(words)
        self.lead = lead + words[..<start]
        body = Array(words[start...])
        self.trail = trail
        sentence = isPlaced ? body.first?.sentence : nil
        let verb = body.first?.isWord == true ? 0 : nil
        verbPosition = verb
        phrases = NounPhraseReader.phrases(in: body, verbAt: verb)
        // What was said in sentences before leads to no step in particular.
        let own = body.first?.sentence
        leadPhrases = NounPhraseReader.phrases(in: self.lead.filter { $0.sentence == own }, verbAt: nil)
    }

    /// Stem of the word the step starts with, which in a request is its verb.
    var verb: String? { verbPosition.map { body[$0].stem } }

    /// The object of the verb: the first phrase, when it stands directly behind the verb or a particle of it.
    var directObject: NounPhrase? {
        guard let verbPosition, let first = phrases.first else { return nil }
        let between = body[(verbPosition + 1)..<max(verbPosition + 1, first.position)]
        let isNear = between.allSatisfy { Self.verbParticles.contains($0.text) || $0.literal != nil }
        return isNear && between.count <= 2 ? first : nil
    }

    /// The part of the body that speaks of what came before: up to its second verb or the end of its sentence.
    ///
    /// "Find the image and compare it": behind the second verb "it" is the step's own image.
    var openingLength: Int {
        for index in body.indices.dropFirst() {
            if body[index].sentence != body[0].sentence { return index }
            // ", indicating it as urgent": said of the step's own object.
            if body[index - 1].mark == ",", body[index].text.hasSuffix("ing") { return index }
            let joins = ["and", "to", "then"].contains(body[index - 1].text) || body[index - 1].mark == ","
            let isVerb = body[index].isWord && EnglishWords.knownVerbs.contains(body[index].stem)
            // The noun forms of verbs follow articles and prepositions, never "and" with an object behind them.
            if joins, isVerb, index + 1 < body.count, body[index + 1].isWord,
                EnglishWords.functionWords.contains(body[index + 1].text),
                directObject.map({ $0.position < index }) ?? true
            {
                return index
            }
        }
        return body.count
    }

    /// The phrases that may point back to earlier steps.
    var openingPhrases: [NounPhrase] {
        let length = openingLength
        return phrases.filter { $0.position < length }
    }

    /// Has a value of its own: something quoted, a number, an address, a name.
    var namesItsOwn: Bool { valueCount > 0 }

    /// How many such values it has; a name of several words is one.
    var valueCount: Int {
        body.indices.dropFirst().count { index in
            body[index].literal != nil || (body[index].isProperName && !body[index - 1].isProperName)
        }
    }

    private static let verbParticles = EnglishWords.words("for up out off down in me us")

    /// Words that open a subordinate clause at the start of a sentence: "once it is done, …".
    static let subordinators = EnglishWords.words("once after when upon if before")
    static let longestSubordinateClause = 14

    /// "Please can you also calculate …" starts at "calculate", "Once it is done, send …" at "send".
    private static func startOfBody(_ words: [RequestToken]) -> Int {
        var start = 0
        var skipped = 0
        if let first = words.firstIndex(where: { $0.mark == nil }), subordinators.contains(words[first].text),
            let comma = words.prefix(first + longestSubordinateClause).firstIndex(where: { $0.mark == "," }),
            comma + 1 < words.count
        {
            skipped = comma + 1
            start = skipped
        }
        for index in skipped..<words.count {
            let token = words[index]
            guard token.literal == nil else { break }
            guard token.isWord else { continue }
            start = index
            guard let next = words[(index + 1)...].first(where: { $0.mark == nil }), next.isWord else { break }
            if EnglishWords.openers.contains(token.text) { continue }
            // "help me find" and "help find", but "start the engine".
            let opens = EnglishWords.openingVerbs.contains(token.text)
            guard opens, EnglishWords.openers.contains(next.text) || EnglishWords.knownVerbs.contains(next.stem) else {
                break
            }
        }
        return start
    }
}
