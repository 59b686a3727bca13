import SkillRetrieval

/// Decides whether the library has a tool of its own for each object of a list.
struct ListSplitting {
    let options: RefinementOptions

    /// A tool that just about fits says nothing about the request: its score over the lowest that counts.
    private static let clearly = 1.4

    /// A part whose own tool fits it much worse than one tool fits the whole is a detail of that whole.
    private static let nearly = 0.9

    /// Each part has another best tool, and each tool fits its part clearly better than those of the others and than what
    /// was found for the whole.
    ///
    /// - Parameters:
    ///   - parts: candidates of each part, best first.
    ///   - whole: candidates of the list as one step, best first.
    func splits(_ parts: [[Candidate]], whole: [Candidate]) -> Bool {
        let bests = parts.compactMap(\.first)
        guard bests.count == parts.count, bests.count > 1, let together = whole.first else { return false }
        guard Set(bests.map(\.target)).count == bests.count else { return false }
        // What serves both nearly as well as the best of each part serves all of them in one call.
        return zip(parts, bests).allSatisfy { candidates, best in
            guard best.score >= options.minimumScore * Self.clearly, best.score >= together.score * Self.nearly else {
                return false
            }
            return (bests + [together]).filter { $0.target != best.target }.allSatisfy { other in
                let score = candidates.first { $0.target == other.target }?.score ?? candidates.last?.score ?? 0
                return best.score - score >= options.splitLead * abs(best.score)
            }
        }
    }
}

extension Candidate {
    /// What a step would call.
    var target: String { tool.map { "\(skill)\n\($0)" } ?? skill }
}
