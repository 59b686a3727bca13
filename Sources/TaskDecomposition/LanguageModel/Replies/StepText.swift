import JSONSchema
import LanguageModels

/// The text of one step, out of whatever a model wrapped it in.
enum StepText {
    /// Longest step, in characters; what is beyond is cut off.
    static let limit = 500

    /// Members of an object that say what a step does, the clearest first.
    private static let members = [
        "subtask", "sub_task", "sub-task", "subTask", "task", "description", "step", "action", "instruction", "text",
        "title", "name", "content", "goal", "query",
    ]

    /// The text of an element of a JSON array: a string, the telling member of an object, the first string of an array.
    static func text(of element: JSONValue) -> String? {
        switch element {
        case .string(let text): return cleaned(text)
        case .array(let elements): return elements.lazy.compactMap(\.stringValue).first.flatMap(cleaned)
        case .object(let object):
            for member in members {
                if let text = object[member]?.stringValue, let cleaned = cleaned(text) { return cleaned }
            }
            let texts = object.compactMap(\.value.stringValue)
            return texts.count == 1 ? cleaned(texts[0]) : nil
        default: return nil
        }
    }

    /// One line without list marker, bold type and surrounding quotes; nil where nothing is left.
    static func cleaned(_ text: some StringProtocol) -> String? {
        let item = ListMarker(text)?.rest ?? String(text)
        var line = PromptText.singleLine(item.replacing("**", with: ""), limit: limit)[...]
        if line.hasSuffix(",") { line = line.dropLast() }
        for (open, close) in [("\"", "\""), ("'", "'"), ("`", "`"), ("“", "”"), ("「", "」"), ("«", "»")] {
            if line.count > 1, line.hasPrefix(open), line.hasSuffix(close) { line = line.dropFirst().dropLast() }
        }
        let step = line.trimmingSpaces
        return step.contains(where: { $0.isLetter || $0.isNumber }) ? step : nil
    }
}
