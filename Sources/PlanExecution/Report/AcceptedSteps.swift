import JSONSchema
import PlanComposition
import SkillRetrieval

/// What a run teaches retrieval: the words of a sub-task and the skill that did it in the end.
package enum AcceptedSteps {
    /// One line of JSON for each step that succeeded, `{"query","skill","tool"}`; none for a run that did not finish well.
    ///
    /// Numbers of four digits or more, addresses and quoted words are taken out of the text: they are values, not needs,
    /// and may be private.
    package static func lines(of state: RunState) -> [String] {
        guard state.outcome == .succeeded else { return [] }
        return state.definition.plan.steps.enumerated().compactMap { position, step in
            guard case .succeeded? = state.steps[position].end, let skill = step.skill,
                // A fallback did it: the first choice is then not what should be learned.
                state.steps[position].fallback == nil
            else { return nil }
            let query = withoutValues(step.subtask.text)
            guard query.contains(where: \.isLetter) else { return nil }
            var line: JSONObject = ["query": .string(query), "skill": .string(skill)]
            line["tool"] = step.tool.map(JSONValue.string)
            return JSONValue.object(line).serialized() + "\n"
        }
    }

    private static func withoutValues(_ text: String) -> String {
        var words: [Substring] = []
        var isQuoted = false
        for word in text.split(whereSeparator: \.isWhitespace) {
            let opens = word.first.map { "\"'“‘".contains($0) } ?? false
            let closes = word.last.map { "\"'”’.,;".contains($0) } ?? false && word.dropLast().last != nil
            if opens { isQuoted = true }
            let isValue =
                word.contains("://") || word.contains("@") || word.hasPrefix("/") || word.contains("=")
                || word.filter(\.isNumber).count >= 4
            if !isQuoted, !isValue { words.append(word) }
            if isQuoted, closes, word.contains(where: { "\"'”’".contains($0) && $0 != word.first }) || !opens {
                isQuoted = false
            }
        }
        return words.joined(separator: " ")
    }
}
