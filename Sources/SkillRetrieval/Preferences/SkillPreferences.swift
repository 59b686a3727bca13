/// A user's standing rules about the skills of one library: which come first where they fit, and which last.
///
/// A rule changes the order of what was found, never what fits: a preferred skill that does not fit a text nearly as well as
/// the best one stays where it is, and an avoided one is still found where nothing else is.
public struct SkillPreferences: Sendable, Hashable {
    /// What the user said of a skill.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        case prefer, avoid
    }

    /// By the library's id of the skill.
    public var rules: [String: Rule]

    public init(_ rules: [String: Rule] = [:]) { self.rules = rules }

    public var isEmpty: Bool { rules.isEmpty }

    /// A preferred skill comes first where it is at least so relevant, compared with the best.
    package static let closeness = 0.5
    /// What is left of an avoided skill's relevance.
    package static let discount = 0.5

    /// The places of skills after the rules, with their scores.
    ///
    /// - Parameters:
    ///   - skills: their ids, best first.
    ///   - scores: one for each, falling.
    func order(_ skills: [String], scores: [Double]) -> [(place: Int, score: Double)] {
        let best = zip(skills, scores).filter { rules[$0.0] != .avoid }.map(\.1).max() ?? scores.max() ?? 0
        let ranked = skills.indices.map { place -> (place: Int, score: Double, isFirst: Bool) in
            switch rules[skills[place]] {
            case .prefer where scores[place] >= Self.closeness * best: (place, max(best, scores[place]), true)
            case .avoid: (place, Self.discount * scores[place], false)
            case .prefer, nil: (place, scores[place], false)
            }
        }
        return ranked.sorted { left, right in
            if left.isFirst != right.isFirst { return left.isFirst }
            return (-left.score, left.place) < (-right.score, right.place)
        }.map { ($0.place, $0.score) }
    }

    /// The candidates as the rules order them.
    package func applied(to candidates: [Candidate]) -> [Candidate] {
        guard candidates.contains(where: { rules[$0.skill] != nil }) else { return candidates }
        return order(candidates.map(\.skill), scores: candidates.map(\.score)).map { place, score in
            var candidate = candidates[place]
            candidate.score = score
            return candidate
        }
    }
}
