import JSONSchema
import PlanComposition
import SkillRetrieval

/// What a run teaches retrieval: the words of a sub-task and the skill that did it in the end.
package enum AcceptedSteps {
    /// One line of JSON for each step that succeeded, `{"query","skill","tool"}`; none for a run that did not finish well,
    /// and none for a step of which another tool had to take over.
    ///
    /// Quoted words, addresses, paths and numbers of four digits or more are taken out of the text: they are values, not
    /// needs, and may be private.
    package static func lines(of state: RunState) -> [String] {
        guard state.outcome == .succeeded else { return [] }
        return state.definition.plan.steps.enumerated().compactMap { position, step in
            let progress = state.steps[position]
            guard case .succeeded? = progress.end, progress.fallback == nil, !progress.isReplanned,
                let skill = step.skill
            else { return nil }
            let query = words(withoutQuotations(step.subtask.text))
            guard query.contains(where: \.isLetter) else { return nil }
            var line: JSONObject = ["query": .string(query), "skill": .string(skill)]
            line["tool"] = step.tool.map(JSONValue.string)
            return JSONValue.object(line).serialized() + "\n"
        }
    }

    private static let quotes: [Character: Character] = ["\"": "\"", "“": "”", "«": "»", "‘": "’", "`": "`"]

    private static func withoutQuotations(_ text: String) -> String {
        var kept = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if let end = quotes[character].flatMap({ rest.firstIndex(of: $0) }) {
                rest = rest[rest.index(after: end)...]
            } else {
                kept.append(character)
            }
        }
        return kept
    }

    private static func words(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).filter { word in
            let isPlace = word.contains("://") || word.contains("@") || word.contains("/") || word.contains("=")
            return !isPlace && word.count(where: \.isNumber) < 4
        }.joined(separator: " ")
    }
}
