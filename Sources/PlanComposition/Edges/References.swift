/// An expression in a step that stands for something an earlier step yields, without naming it.
struct Reference: Sendable, Hashable {
    enum Reach: Sendable, Hashable {
        /// One thing: what the nearest step before yields.
        case one
        /// Several things, from one step or from several: "them", "the results".
        case several
        /// What the very first step yields: "the first call".
        case first
        /// All that is open: "everything", "both".
        case all
    }

    var reach: Reach
    /// The words, for people.
    var cue: String
}

/// Finds such expressions.
enum ReferenceReader {
    /// All references of a step, in the order of its words: those between the steps first.
    ///
    /// - Parameter goesOn: the step before stands in the same sentence.
    static func references(in step: StepReading, goesOn: Bool) -> [Reference] {
        inLead(step) + inBody(step, goesOn)
    }

    /// "feed the results into", "use it to": the words between two steps may hold the reference.
    private static func inLead(_ step: StepReading) -> [Reference] {
        let words = step.lead.filter { token in token.sentence == step.body.first?.sentence }
        // "Once it is done, …" places the step, it hands nothing over.
        guard !OrderCue.isSubordinate(words) else { return [] }
        var found: [Reference] = []
        for (index, token) in words.enumerated() where token.isWord && !token.isProperName {
            let before = index > 0 ? words[index - 1].text : ""
            if token.text == "it", EmptyPronoun.isEmpty(at: index, in: words + step.body) { continue }
            if token.text == "it" || token.text == "them" {
                found.append(Reference(reach: token.text == "it" ? .one : .several, cue: token.text))
            } else if EnglishWords.resultNouns.contains(token.text), before == "the" || before == "these" {
                found.append(Reference(reach: token.text.hasSuffix("s") ? .several : .one, cue: "the \(token.text)"))
            }
        }
        return found
    }

    private static func inBody(_ step: StepReading, _ goesOn: Bool) -> [Reference] {
        var found: [Reference] = []
        for index in 0..<step.openingLength
        where index != step.verbPosition && step.body[index].isWord && !step.body[index].isProperName {
            if let reference = pronoun(at: index, in: step) { found.append(reference) }
        }
        for phrase in step.openingPhrases where !phrase.namesLiteral {
            if let reference = result(phrase, in: step) ?? demonstrative(phrase, in: step)
                ?? generic(phrase, in: step, goesOn)
            {
                found.append(reference)
            }
        }
        return found
    }

    private static func pronoun(at index: Int, in step: StepReading) -> Reference? {
        let word = step.body[index].text
        let next = index + 1 < step.body.count ? step.body[index + 1] : nil
        switch word {
        case "it":
            return EmptyPronoun.isEmpty(at: index, in: step.body) ? nil : Reference(reach: .one, cue: word)
        case "they" where step.phrases.contains { $0.position < index && !$0.isGeneric }: return nil
        case "them", "they": return Reference(reach: .several, cue: word)
        case "this", "that", "these", "those":
            // Before a noun they belong to a phrase; after a noun "that" opens a clause.
            if let next, next.isWord, !EnglishWords.functionWords.contains(next.text) { return nil }
            if next?.literal != nil || next?.text == "of" { return nil }
            let before = step.body[index - 1]
            let followsNoun = !EnglishWords.functionWords.contains(before.text) && index - 1 != step.verbPosition
            if word == "that", followsNoun, let next, next.isWord { return nil }
            return Reference(reach: word.hasSuffix("se") ? .several : .one, cue: word)
        case "its", "their":
            // Behind a noun of its own step it belongs to that.
            let isOwn = step.phrases.contains { $0.position < index && !$0.isGeneric }
            return isOwn ? nil : Reference(reach: word == "its" ? .one : .several, cue: word)
        case "everything": return Reference(reach: .all, cue: word)
        case "both":
            // "both X and Y" counts things that are named.
            let isBare = next.map { !$0.isWord || EnglishWords.functionWords.contains($0.text) } ?? true
            return isBare ? Reference(reach: .all, cue: word) : nil
        default: return nil
        }
    }

    /// "The results", "the output of the first step", "all findings", but not "the results of the election 'X'".
    private static func result(_ phrase: NounPhrase, in step: StepReading) -> Reference? {
        guard let last = phrase.words.last, EnglishWords.resultNouns.contains(last.text) else { return nil }
        let isOwnWork = phrase == step.directObject && step.verb.map(EnglishWords.producingVerbs.contains) ?? false
        switch phrase.determiner {
        case .quantified: return Reference(reach: .all, cue: phrase.text)
        case .definite, .demonstrative, .possessive:
            // "…, a description and the results": one of several things that are asked for.
            let isListed = phrase.position > 0 && ["and", ","].contains(step.body[phrase.position - 1].text)
            guard phrase.words.count == 1, !isListed, !isOwnWork || phrase.determiner != .definite else { return nil }
            return Reference(reach: last.text.hasSuffix("s") ? .several : .one, cue: "the \(phrase.text)")
        case .bare:
            // "with results", "using the output": bare it counts behind such a word only.
            guard ["with", "using", "from"].contains(phrase.preposition), phrase.words.count == 1 else { return nil }
            return Reference(reach: .several, cue: phrase.text)
        case .indefinite, .personal: return nil
        }
    }

    /// "Send the list", "the resulting amount": a noun that could be anything, and is what came before.
    private static func generic(_ phrase: NounPhrase, in step: StepReading, _ goesOn: Bool) -> Reference? {
        if let reference = call(phrase) { return reference }
        if [.definite, .demonstrative].contains(phrase.determiner),
            phrase.words.contains(where: { EnglishWords.resultAdjectives.contains($0.text) })
        {
            return Reference(reach: .one, cue: phrase.text)
        }
        if phrase.determiner == .definite, let last = phrase.words.last, standsAlone(last) {
            return Reference(reach: last.text == "ones" ? .several : .one, cue: "the \(phrase.text)")
        }
        let isOwnWork = step.verb.map(EnglishWords.producingVerbs.contains) ?? true
        let isHandedOn = goesOn && (step.verb.map(EnglishWords.deliveringVerbs.contains) ?? false)
        guard phrase.determiner == .definite, phrase.isGeneric || isHandedOn, phrase == step.directObject, !isOwnWork
        else {
            return nil
        }
        // "the details of a shipment" are new, "the list of options" is the one before.
        let behind = phrase.position + 1 + phrase.words.count
        let isOfSomething =
            behind < step.body.count && ["of", "for", "in", "on", "from", "and"].contains(step.body[behind].text)
        guard !isOfSomething || phrase.words.last?.text == "list" else { return nil }
        return Reference(reach: .one, cue: "the \(phrase.text)")
    }

    /// "The previous call", "the response of the first step": steps spoken of as steps.
    private static func call(_ phrase: NounPhrase) -> Reference? {
        guard let last = phrase.words.last, EnglishWords.callNouns.contains(last.text) else { return nil }
        let words = Set(phrase.words.map(\.text))
        if words.contains("first") { return Reference(reach: .first, cue: phrase.text) }
        return words.isDisjoint(with: EnglishWords.resultAdjectives.union(["last", "prior"]))
            ? nil : Reference(reach: .one, cue: phrase.text)
    }

    /// "the cheapest one", "the best": chosen from what came before.
    private static func standsAlone(_ word: RequestToken) -> Bool { EnglishWords.selectingWords.contains(word.text) }

    /// "This report", "those numbers"; "this month" and "this city" point elsewhere, and what was just introduced
    /// ("We have a new song. Publish this song") is the step's own.
    private static func demonstrative(_ phrase: NounPhrase, in step: StepReading) -> Reference? {
        guard phrase.determiner == .demonstrative, let noun = phrase.words.last?.stem else { return nil }
        if EnglishWords.timeNouns.contains(noun) || EnglishWords.entityNouns.contains(noun) { return nil }
        // "This repository's last commits": the one we are in, unless a step before has made one.
        if phrase.words.contains(where: { EnglishWords.workplaceNouns.contains($0.stem) }) { return nil }
        let said = step.lead + step.body[..<phrase.position]
        guard !said.contains(where: { $0.stem == noun }) else { return nil }
        return Reference(reach: phrase.isPlural ? .several : .one, cue: phrase.text)
    }
}
