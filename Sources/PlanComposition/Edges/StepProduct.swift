import SkillCatalog

/// What a step yields, in the words a later step may use for it.
struct StepProduct: Sendable {
    /// Stems of nouns that name it.
    private(set) var heads: Set<String> = []
    /// Stems that may stand before such a noun.
    private(set) var modifiers: Set<String> = []
    /// Stem of the step's verb: "the *converted* amount", "the translation".
    let verb: String?
    private(set) var isPlural = false

    init(_ step: StepReading, signature: IOSignature?) {
        verb = step.verb
        for output in signature?.outputs ?? [] { add(stems: output.nameStems) }
        if let object = step.directObject, yieldsItsObject(step, object) {
            var phrase = object
            // "the details of the movie": the movie is what is spoken of later.
            if object.isGeneric, let inner = step.phrases.dropFirst().first, inner.preposition == "of" {
                phrase = inner
            }
            add(stems: phrase.stems)
            isPlural = phrase.isPlural
            for sibling in Self.coordinated(with: object, in: step) { add(stems: sibling.stems) }
        }
    }

    private mutating func add(stems: [String]) {
        guard let last = stems.last(where: { !EnglishWords.genericNouns.contains($0) }) else { return }
        heads.insert(last)
        if let raw = stems.last, !EnglishWords.genericNouns.contains(raw) { heads.insert(raw) }
        modifiers.formUnion(stems)
    }

    /// "Calculate the tip" yields a tip, "clean the data" data; "translate the text" yields no text but a translation.
    private func yieldsItsObject(_ step: StepReading, _ object: NounPhrase) -> Bool {
        guard let verb else { return false }
        if EnglishWords.producingVerbs.contains(verb) || EnglishWords.refiningVerbs.contains(verb) { return true }
        // "train a model": what is new comes out of the step that speaks of it first.
        if object.determiner == .indefinite && !object.namesLiteral { return true }
        return !EnglishWords.knownVerbs.contains(verb) && !object.namesLiteral
    }

    /// "the distance *and time*": objects joined to the first one.
    private static func coordinated(with object: NounPhrase, in step: StepReading) -> [NounPhrase] {
        var end = object.position + object.words.count
        var found: [NounPhrase] = []
        for phrase in step.phrases where phrase.position > object.position {
            let between = step.body[min(end, phrase.position)..<phrase.position]
            guard phrase.preposition == nil, between.count <= 3,
                between.allSatisfy({ $0.mark == "," || $0.text == "and" || $0.text == "the" })
            else { break }
            found.append(phrase)
            end = phrase.position + phrase.words.count
        }
        return found
    }

    /// How surely a phrase of a later step means this product, 0…1.
    ///
    /// "The invoice's number" means it when "the invoice" does.
    func strength(of phrase: NounPhrase) -> Double {
        max(ownStrength(of: phrase), phrase.owner.map(ownStrength) ?? 0)
    }

    private func ownStrength(of phrase: NounPhrase) -> Double {
        let isDone = verb.map(phrase.participles.contains) ?? false
        guard let head = phrase.head else { return isDone ? 0.9 : 0 }
        if isDone { return heads.contains(head) ? 1 : 0.75 }
        if heads.contains(head) {
            let others = phrase.stems.filter { $0 != head && !EnglishWords.genericNouns.contains($0) }
            let known = others.count { modifiers.contains($0) || $0 == verb }
            return others.isEmpty ? 0.9 : 0.6 + 0.4 * Double(known) / Double(others.count)
        }
        // "the discounted price" of a step that calculates a discount; "the search results".
        if phrase.participles.contains(where: heads.contains) { return 0.75 }
        if head == verb, phrase.words.last.map({ EnglishWords.resultNouns.contains($0.text) }) ?? false { return 0.85 }
        // "the conversion", "the backup": the deed stands for what it yields.
        if let verb, head == verb, phrase.determiner == .definite, !EnglishWords.queryVerbs.contains(verb) {
            return 0.8
        }
        // "the tip amount" of a tool that returns `tip_amount` for "calculate a tip".
        let stems = phrase.stems.filter { !EnglishWords.genericNouns.contains($0) }
        return stems.count > 1 && stems.allSatisfy(modifiers.contains) ? 0.7 : 0
    }
}
