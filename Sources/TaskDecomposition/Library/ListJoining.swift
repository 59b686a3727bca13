import SkillRetrieval

/// Finds neighbours that one call does: "translate a.txt" and "b.txt" from "translate a.txt and b.txt".
enum ListJoining {
    /// Places of the sub-tasks that are joined with the one after them.
    ///
    /// The second has no verb of its own, follows in the same clause, and the same tool fits both best.
    static func joinable(_ subtasks: [Subtask], _ candidates: [[Candidate]], in request: String) -> [Int] {
        guard subtasks.count > 1 else { return [] }
        let bytes = Array(request.utf8)
        return subtasks.indices.dropLast().filter { index in
            guard let best = candidates[index].first, best.target == candidates[index + 1].first?.target,
                let from = subtasks[index].span, let to = subtasks[index + 1].span,
                from.upperBound <= to.lowerBound, to.lowerBound <= bytes.count
            else { return false }
            let between = String(decoding: bytes[from.upperBound..<to.lowerBound], as: UTF8.self)
            let words = between.split { $0 == " " || $0 == "," }
            return !between.contains("\n") && words.allSatisfy { $0 == "and" || $0 == "&" }
                && isThingOnly(subtasks[index + 1].text) && !isThingOnly(subtasks[index].text)
        }
    }

    /// Names a thing and asks nothing about it.
    private static func isThingOnly(_ text: String) -> Bool {
        var request = FineSplit.split(text)
        guard request.language == .english, request.segments.count == 1 else { return false }
        RoleTagger.tag(&request)
        let segment = request.segments[0]
        guard segment.cues.isDisjoint(with: [.verbFirst, .nounVerbFirst, .gerundFirst, .question, .requested]) else {
            return false
        }
        return NounPhrase(in: request.tokens[segment.body])?.range == segment.body
    }
}
