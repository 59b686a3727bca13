import SkillCatalog

/// Finds which steps wait for which, from the wording of the request and from what the chosen tools exchange.
///
/// A step waits for a reason or not at all. Reasons are looked for from the surest to the weakest; the order of the
/// request is only kept where it says so and the step does not stand on its own.
struct EdgeFinder {
    /// One edge between two steps by position.
    struct Edge: Sendable, Hashable {
        var from: Int
        var to: Int
        var reason: EdgeReason
    }

    /// What was found about a request.
    struct Findings: Sendable, Hashable {
        /// Which steps wait for which, without what others imply, by waiting step.
        var edges: [Edge]
        /// Between which steps something flows, implied or not.
        var flows: [Edge]
    }

    private let steps: [StepReading]
    private let signatures: [IOSignature]
    private let products: [StepProduct]
    private let isEnglish: Bool
    private var graph: StepGraph
    private var reasons: [[Int: EdgeReason]]
    /// Steps named side by side; those of the stage before are what "then" waits for.
    private var stage: [Int] = []
    private var base: [Int] = []

    /// Reads the edges off a request.
    ///
    /// - Parameters:
    ///   - signatures: of the chosen tools; `IOSignature.unknown` where none is chosen.
    ///   - stated: edges that whoever split the request has named; they come first, and the mere order of the request
    ///     then counts for nothing. Nil where nobody has.
    static func find(
        _ request: RequestReading,
        signatures: [IOSignature],
        stated: [(from: Int, to: Int)]? = nil
    ) -> Findings {
        var finder = EdgeFinder(request, signatures)
        for edge in stated ?? [] {
            finder.wait(edge.to, for: edge.from, EdgeReason(.stated, cue: "the decomposition"))
        }
        finder.run(keepsOrder: stated == nil)
        return finder.findings
    }

    private init(_ request: RequestReading, _ signatures: [IOSignature]) {
        steps = request.steps
        self.signatures = signatures
        isEnglish = request.isEnglish
        products = zip(request.steps, signatures).map { StepProduct($0, signature: $1) }
        graph = StepGraph(count: request.steps.count)
        reasons = Array(repeating: [:], count: request.steps.count)
    }

    private mutating func run(keepsOrder: Bool) {
        let cues = steps.indices.map { OrderCue(lead: steps[$0].lead, trail: steps[$0].trail, isFirst: $0 == 0) }
        for step in steps.indices {
            guard isEnglish else {
                if step > 0, keepsOrder { wait(step, for: step - 1, EdgeReason(.unread, cue: "order of the request")) }
                continue
            }
            enterStage(step, cues)
            addMentions(step)
            addReferences(step, cues[step])
            addElision(step, cues[step])
            addDataFlow(step)
            if keepsOrder { addOrder(step, cues) }
        }
    }

    private var findings: Findings {
        var reduced = graph
        for edge in graph.transitiveEdges { reduced.remove(from: edge.from, to: edge.to) }
        let all = steps.indices.flatMap { step in
            reasons[step].sorted { $0.key < $1.key }.map { Edge(from: $0.key, to: step, reason: $0.value) }
        }
        return Findings(
            edges: all.filter { reduced.predecessors[$0.to].contains($0.from) },
            flows: all.filter(\.reason.carriesData)
        )
    }

    /// Adds an edge unless the two are joined already or the edge would close a circle.
    private mutating func wait(_ step: Int, for earlier: Int, _ reason: EdgeReason) {
        guard step != earlier, reasons[step][earlier] == nil, !graph.reaches(step, earlier) else { return }
        graph.insert(from: earlier, to: step)
        reasons[step][earlier] = reason
    }

    private func hasData(_ step: Int) -> Bool { reasons[step].values.contains(where: \.carriesData) }

    // MARK: - Stages

    /// Steps of one sentence are side by side until a word such as "then"; a new sentence starts afresh.
    private mutating func enterStage(_ step: Int, _ cues: [OrderCue]) {
        let isSameSentence = step > 0 && (steps[step].sentence == steps[step - 1].sentence)
        switch cues[step].relation {
        case .after, .last:
            base = stage
            stage = [step]
        case .beside: stage.append(step)
        case .none, .precedesPrevious, .followsNext, .leadsNext:
            if isSameSentence {
                stage.append(step)
            } else {
                base = []
                stage = [step]
            }
        }
    }

    /// Of these steps, the ones no other of them waits for.
    private func ends(of group: [Int], before step: Int) -> [Int] {
        let others = Set(group).subtracting([step])
        return group.filter { $0 != step && graph.reachable(from: $0).isDisjoint(with: others) }
    }

    /// The steps before this one that nothing waits for yet: of the same sentence, else of what "then" refers to, else
    /// the step before; for "finally" and "everything" of the whole request.
    private func openSteps(before step: Int, wholeRequest: Bool) -> [Int] {
        guard step > 0 else { return [] }
        let group = (0..<step).filter { wholeRequest || steps[$0].sentence == steps[step].sentence }
        let open = ends(of: group.isEmpty ? base : group, before: step)
        return open.isEmpty ? [step - 1] : open
    }

    // MARK: - Reasons

    /// Noun phrases that name what an earlier step yields.
    private mutating func addMentions(_ step: Int) {
        for phrase in steps[step].openingPhrases where canPointBack(phrase, in: steps[step]) {
            if let earlier = source(of: phrase, before: step, atLeast: 0.6) {
                wait(step, for: earlier, EdgeReason(.mention, cue: phrase.text))
            }
        }
        // "Once the inspection is scheduled, …": it waits, whether it uses anything or not.
        let isSubordinate = OrderCue.isSubordinate(steps[step].lead.filter { $0.sentence == steps[step].sentence })
        for phrase in steps[step].leadPhrases where canPointBack(phrase, in: steps[step]) {
            if let earlier = source(of: phrase, before: step, atLeast: 0.75) {
                wait(step, for: earlier, EdgeReason(isSubordinate ? .order : .mention, cue: phrase.text))
            }
        }
    }

    /// The step that yields what a phrase names; of equals the nearest.
    private func source(of phrase: NounPhrase, before step: Int, atLeast threshold: Double) -> Int? {
        var best: (step: Int, strength: Double)?
        for earlier in 0..<step {
            let strength = products[earlier].strength(of: phrase)
            if strength >= threshold, strength >= best?.strength ?? 0 { best = (earlier, strength) }
        }
        return best?.step
    }

    private func canPointBack(_ phrase: NounPhrase, in step: StepReading) -> Bool {
        guard !phrase.namesLiteral else { return false }
        // "with an updated name" in a step that updates is its own doing.
        if !phrase.participles.isEmpty, phrase.participles.allSatisfy({ $0 != step.verb }) { return true }
        let isOwnWork = phrase == step.directObject && step.verb.map(EnglishWords.producingVerbs.contains) ?? false
        switch phrase.determiner {
        case .demonstrative, .possessive: return true
        case .definite: return !isOwnWork
        case .quantified: return !isOwnWork && phrase.words.count < 3
        case .bare:
            let isNear =
                phrase.words.count <= 2 && (["with", "using", "from"].contains(phrase.preposition) || !isOwnWork)
            return isNear && (phrase.preposition != nil || phrase == step.directObject)
        case .indefinite, .personal: return false
        }
    }

    /// Pronouns and "the results".
    private mutating func addReferences(_ step: Int, _ cue: OrderCue) {
        guard step > 0 else { return }
        let goesOn = steps[step].sentence == steps[step - 1].sentence
        let references = ReferenceReader.references(in: steps[step], goesOn: goesOn)
        for reference in references where !hasData(step) || [.all, .first].contains(reference.reach) {
            for earlier in antecedents(of: reference, step, cue) {
                wait(step, for: earlier, EdgeReason(.reference, cue: reference.cue))
            }
        }
    }

    private func antecedents(of reference: Reference, _ step: Int, _ cue: OrderCue) -> [Int] {
        switch reference.reach {
        case .all: return openSteps(before: step, wholeRequest: true)
        case .first: return [0]
        case .several:
            if reference.cue != "them", reference.cue != "they" {
                let open = openSteps(before: step, wholeRequest: false)
                if open.count > 1, cue.relation == .last { return open }
            }
            fallthrough
        case .one:
            // "Translate it and also summarize it": both mean the same thing.
            let shared = reasons[step - 1].filter { $0.value.kind == .reference }.keys.max()
            return [cue.relation == .beside ? shared ?? step - 1 : step - 1]
        }
    }

    /// A step that leaves out what it works on.
    private mutating func addElision(_ step: Int, _ cue: OrderCue) {
        guard step > 0, !hasData(step), cue.relation != .beside else { return }
        if let missing = Elision.cue(in: steps[step]) {
            for earlier in openSteps(before: step, wholeRequest: cue.relation == .last) {
                wait(step, for: earlier, EdgeReason(.elision, cue: missing))
            }
        } else if let shared = Elision.sharedObject(of: steps[step - 1], with: steps[step]) {
            wait(step, for: step - 1, EdgeReason(.elision, cue: shared))
        }
    }

    /// A required input without a value, and an earlier output that is made for it.
    private mutating func addDataFlow(_ step: Int) {
        guard !hasData(step), signatures[step].inputBasis == .declared else { return }
        let required = signatures[step].inputs.filter(\.isRequired)
        guard steps[step].valueCount < required.count else { return }
        for input in required {
            let source = (0..<step).last { earlier in
                signatures[earlier].outputBasis == .declared
                    && signatures[earlier].outputs.contains { feeds($0, of: earlier, input, of: step) }
            }
            if let source { wait(step, for: source, EdgeReason(.dataFlow, cue: input.name)) }
        }
    }

    /// The names are the same, or both sides hold the same medium.
    private func feeds(_ output: IOPort, of earlier: Int, _ input: IOPort, of step: Int) -> Bool {
        let isSameSentence = steps[earlier].sentence == steps[step].sentence
        if output.nameStems == input.nameStems, let word = input.nameStems.first {
            // A name of one word is shared by chance; it counts within a sentence that does not use it otherwise.
            return input.nameStems.count > 1 || isSameSentence && !steps[step].body.contains { $0.stem == word }
        }
        guard isSameSentence, let type = input.type, Coercions.specificity(type) == 1 else { return false }
        return Compatibility.fit(output, input).score >= 0.8
    }

    /// What the request says about the order, where nothing flows.
    private mutating func addOrder(_ step: Int, _ cues: [OrderCue]) {
        let cue = cues[step]
        // "Before A, do B and C", "After A, do B and C": the first word speaks of all that follows in its sentence.
        for earlier in (0..<step) where steps[earlier].sentence == steps[step].sentence {
            let reason = EdgeReason(.order, cue: cues[earlier].words)
            if cues[earlier].relation == .leadsNext { wait(step, for: earlier, reason) }
            if cues[earlier].relation == .followsNext { wait(earlier, for: step, reason) }
        }
        if step > 0, cue.relation == .precedesPrevious {
            wait(step - 1, for: step, EdgeReason(.order, cue: cue.words))
            return
        }
        guard !base.isEmpty, reasons[step].isEmpty, orderBinds(step, cue) else { return }
        for earlier in ends(of: base, before: step) {
            wait(step, for: earlier, EdgeReason(.order, cue: cue.words.isEmpty ? "then" : cue.words))
        }
    }

    /// "Then" is an order where it matters: before something hard to undo, or where the step does not stand on its own.
    private func orderBinds(_ step: Int, _ cue: OrderCue) -> Bool {
        let verb = steps[step].verb ?? ""
        if EnglishWords.effectfulVerbs.contains(verb) && cue.relation != .last { return true }
        if steps[step].namesItsOwn { return false }
        let isSameSentence = step > 0 && steps[step].sentence == steps[step - 1].sentence
        if isSameSentence {
            let asksNew = EnglishWords.queryVerbs.contains(verb) && steps[step].directObject?.determiner == .indefinite
            return !asksNew
        }
        // In a sentence of its own "then" often only goes on talking; what changes nothing may run early.
        return cue.relation == .after && EnglishWords.changingVerbs.contains(verb)
    }
}
