/// The best hints of one round: each skill once, the best first, at most a given number.
package struct HintSet: Sendable, Hashable {
    package let hints: [SkillHint]

    /// Unites the candidates of all sub-tasks.
    ///
    /// A skill keeps its best score; equal scores are ordered by id, so that the same candidates give the same hints.
    package init(uniting candidates: some Sequence<SkillHint>, limit: Int) {
        var best: [String: SkillHint] = [:]
        for candidate in candidates where candidate.score.isFinite {
            if let known = best[candidate.skill], known.score >= candidate.score { continue }
            best[candidate.skill] = candidate
        }
        let ranked = best.values.sorted { left, right in
            left.score == right.score ? left.skill < right.skill : left.score > right.score
        }
        hints = Array(ranked.prefix(max(0, limit)))
    }

    /// Takes turns among the sub-tasks: first the best of each, then the second best of each, and so on.
    ///
    /// A sub-task whose skills all fit less well than those of the others is hinted at all the same.
    package init(sharing candidates: some Sequence<SkillHint>, limit: Int) {
        var groups: [Int: [SkillHint]] = [:]
        for candidate in candidates { groups[candidate.subtask ?? -1, default: []].append(candidate) }
        let queues = groups.sorted { $0.key < $1.key }.map { HintSet(uniting: $0.value, limit: .max).hints }
        var seen: Set<String> = []
        var shared: [SkillHint] = []
        for rank in 0..<(queues.map(\.count).max() ?? 0) {
            for queue in queues where rank < queue.count && seen.insert(queue[rank].skill).inserted {
                shared.append(queue[rank])
            }
        }
        hints = Array(shared.prefix(max(0, limit)))
    }

    private init(_ hints: [SkillHint]) { self.hints = hints }

    /// The first of them.
    package func prefix(_ count: Int) -> HintSet { HintSet(Array(hints.prefix(max(0, count)))) }

    package var isEmpty: Bool { hints.isEmpty }

    /// How much two sets have in common, 0…1: the skills in both over the skills in either; 1 for two empty sets.
    package func jaccard(_ other: HintSet) -> Double {
        let mine = Set(hints.map(\.skill))
        let others = Set(other.hints.map(\.skill))
        let union = mine.union(others).count
        return union == 0 ? 1 : Double(mine.intersection(others).count) / Double(union)
    }
}
