import SkillCatalog

/// Tells whether a step leaves out what it works on, because that is what came before.
enum Elision {
    /// What is missing, in words for people; nil when the step is complete.
    static func cue(in step: StepReading) -> String? {
        guard let verb = step.verb, let verbText = step.body.first?.text else { return nil }
        if hasNoObject(step, verb) { return "\(verbText) (what came before)" }
        if let derived = derivedObject(step) { return derived }
        return tellsNothing(step, verb) ? "\(verbText) (what came before)" : nil
    }

    /// "clean and plot the data": the first verb has no object of its own and shares that of the second, which works on
    /// what it leaves. Nil when that is not so.
    static func sharedObject(of first: StepReading, with second: StepReading) -> String? {
        guard first.body.filter({ $0.mark == nil }).count == 1, let verb = first.verb,
            EnglishWords.knownVerbs.contains(verb), let object = second.directObject,
            second.lead.allSatisfy({ $0.mark == "," || ["and", "then"].contains($0.text) })
        else { return nil }
        return "\(first.body[0].text) and \(second.body[0].text) \(object.text)"
    }

    /// "plot", "save to disk", "translate into French": a verb that wants an object and has none.
    private static func hasNoObject(_ step: StepReading, _ verb: String) -> Bool {
        guard EnglishWords.knownVerbs.contains(verb), !EnglishWords.prepositionalVerbs.contains(verb) else {
            return false
        }
        guard let next = step.body.dropFirst().first(where: { $0.mark == nil }) else { return true }
        guard next.isWord else { return false }
        // "set up", "back up" and the like are one verb; what follows them counts.
        let isParticle = ["up", "out", "off", "down"].contains(next.text)
        return !isParticle && openPrepositions.contains(next.text)
    }

    private static let openPrepositions = EnglishWords.words("to into as in on via through by using and")

    /// "create a visual report", "post a summary to Slack": about what, was said before.
    private static func derivedObject(_ step: StepReading) -> String? {
        guard let verb = step.verb, EnglishWords.makingVerbs.contains(verb) else { return nil }
        guard let object = step.directObject, let head = object.words.last?.stem, !object.namesLiteral,
            EnglishWords.derivedNouns.contains(head) || isDrawn(object)
        else { return nil }
        guard [.indefinite, .bare, .definite, .personal].contains(object.determiner) else { return nil }
        // "a report on climate change" says its subject itself; "a report for the team" does not.
        let saysSubject = step.phrases.contains { phrase in
            phrase.position > object.position && subjectPrepositions.contains(phrase.preposition ?? "")
        }
        let hasSource = step.body.contains { token in
            switch token.literal {
            case .url, .number: true
            default: false
            }
        }
        return saysSubject || hasSource ? nil : object.text
    }

    /// "a chart image", "the report file": the derived thing as a medium.
    private static func isDrawn(_ object: NounPhrase) -> Bool {
        object.words.first.map { EnglishWords.derivedNouns.contains($0.stem) } == true && object.words.count == 2
            && object.words.last.map { ["image", "file", "page", "document"].contains($0.text) } == true
    }

    private static let subjectPrepositions = EnglishWords.words(
        "of on about from between regarding concerning covering"
    )

    /// "notify the team", "email Bob": what to tell is what came before.
    private static func tellsNothing(_ step: StepReading, _ verb: String) -> Bool {
        guard EnglishWords.tellingVerbs.contains(verb), !["send", "post", "shar"].contains(verb),
            step.body.first?.text.hasSuffix("tion") == false
        else { return false }
        guard !step.body.contains(where: { $0.literal == .quoted }) else { return false }
        // "email Bob the minutes": whom and what.
        let recipients = step.phrases.count + step.body.count { ["me", "us", "him", "her"].contains($0.text) }
        guard recipients <= 1 else { return false }
        let contentWords = EnglishWords.words("that about saying with of if when regarding whether")
        return !step.body.contains { contentWords.contains($0.text) }
    }
}
