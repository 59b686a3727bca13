import SkillCatalog
import SkillRetrieval

/// Finds which steps need a look-up, and what does it.
///
/// Only schemas and the addresses of operations count: a required identifier, no identifier in the request, a name to go
/// by, and one tool that yields the identifier for a name. Where any of that is open, nothing is added.
struct LookUpFinder {
    let options: RefinementOptions
    /// The request says an identifier somewhere: then it is taken to be the one.
    private let givesIdentifier: Bool

    init(options: RefinementOptions, request: String) {
        self.options = options
        givesIdentifier = NamedThings(in: request).hasIdentifier
    }

    /// The steps that a look-up may have to precede.
    ///
    /// - Parameter skills: of the best candidates, by id.
    func needs(of steps: RefinedSteps, _ skills: [String: Skill]) -> [OpenNeed] {
        guard !givesIdentifier else { return [] }
        var open: [OpenNeed] = []
        for (index, subtask) in steps.subtasks.enumerated() {
            guard let best = steps.candidates[index].first, best.score >= options.minimumScore,
                let skill = skills[best.skill], let name = NamedThings(in: subtask.text).names.first
            else { continue }
            let needs = IdentifierNeed.all(of: skill, tool: best.tool)
            // Two identifiers and one name: which of them is meant is open.
            guard needs.count == 1, let need = needs.first else { continue }
            let isMet = (0..<index).contains { earlier in
                guard let other = steps.candidates[earlier].first, let skill = skills[other.skill] else { return false }
                return IdentifierProducer(need: need).yields(skill, tool: other.tool)
            }
            let isAsked = open.contains { $0.need == need && $0.name == name }
            if !isMet, !isAsked { open.append(OpenNeed(step: index, need: need, name: name, consumer: best)) }
        }
        return open
    }

    /// The look-ups that meet a need, each for the one after it and the last for the step; empty where no tool does, or
    /// where several could.
    ///
    /// - Parameter candidates: what was found for the queries of the need.
    func lookUps(for open: OpenNeed, among candidates: [Candidate], _ skills: [String: Skill]) -> [LookUp] {
        let pool = tiers(candidates, around: open.consumer, skills)
        if let kind = open.otherKind {
            let holder = IdentifierNeed(input: "\(kind)_id", entity: [kind])
            if let finder = only(in: pool, skills, where: { IdentifierProducer(need: holder).looksUp($0, tool: $1) }) {
                return chain(finder, holder, for: open, pool, skills)
            }
        }
        let producer = IdentifierProducer(need: open.need)
        guard let finder = only(in: pool, skills, where: { producer.looksUp($0, tool: $1) }) else { return [] }
        return [lookUp(open.need, open.text, finder, for: open.consumer, wantedBy: open, skills)]
    }

    /// The name is that of something that holds the thing: "a movie of the collection Star Wars".
    private func chain(
        _ finder: Candidate,
        _ holder: IdentifierNeed,
        for open: OpenNeed,
        _ pool: [[Candidate]],
        _ skills: [String: Skill]
    ) -> [LookUp] {
        let producer = IdentifierProducer(need: open.need)
        let step = only(in: pool, skills) { skill, tool in
            let needs = IdentifierNeed.all(of: skill, tool: tool)
            return needs.count == 1 && needs[0].entityStems == holder.entityStems && producer.yields(skill, tool: tool)
        }
        guard let step else { return [] }
        let kind = holder.entity.joined(separator: " ")
        let entity = open.need.entity.joined(separator: " ")
        return [
            lookUp(holder, "find the id of the \(kind) \(open.name.text)", finder, for: step, wantedBy: open, skills),
            lookUp(
                open.need,
                "find the \(entity) ids of the \(kind) \(open.name.text)",
                step,
                for: open.consumer,
                wantedBy: open,
                skills
            ),
        ]
    }

    /// A look-up is wanted as much as the step it is for, whatever its own words are.
    private func lookUp(
        _ need: IdentifierNeed,
        _ text: String,
        _ candidate: Candidate,
        for consumer: Candidate,
        wantedBy open: OpenNeed,
        _ skills: [String: Skill]
    ) -> LookUp {
        let result = skills[candidate.skill].flatMap { skill in
            IdentifierProducer(need: need).place(in: skill, tool: candidate.tool)
        }
        var candidate = candidate
        candidate.score = max(candidate.score, open.consumer.score)
        return LookUp(
            need: need,
            text: text,
            name: open.name.text,
            candidate: candidate,
            result: result,
            consumer: consumer.qualifiedName
        )
    }

    // MARK: - The one tool

    /// The candidates by how near they are to the tool that needs something: of its skill, of its owner, all others.
    private func tiers(
        _ candidates: [Candidate],
        around consumer: Candidate,
        _ skills: [String: Skill]
    ) -> [[Candidate]] {
        let own = (skills[consumer.skill]?.tools ?? []).filter { $0.name != consumer.tool }.map { tool in
            Candidate(skill: consumer.skill, tool: tool.name, score: consumer.score)
        }
        var seen: Set<String> = []
        let others = candidates.filter { $0.skill != consumer.skill && seen.insert($0.target).inserted }
        let isNear = { (candidate: Candidate) in Self.owner(candidate.skill) == Self.owner(consumer.skill) }
        return [own, others.filter(isNear), others.filter { !isNear($0) }]
    }

    /// The only fitting candidate of the first tier that has any.
    private func only(
        in tiers: [[Candidate]],
        _ skills: [String: Skill],
        where fits: (Skill, String?) -> Bool
    ) -> Candidate? {
        for tier in tiers {
            let fitting = tier.filter { candidate in skills[candidate.skill].map { fits($0, candidate.tool) } ?? false }
            if !fitting.isEmpty { return fitting.count == 1 ? fitting[0] : nil }
        }
        return nil
    }

    /// What stands before the first slash of an id.
    private static func owner(_ id: String) -> Substring { id.split(separator: "/").first ?? "" }
}
