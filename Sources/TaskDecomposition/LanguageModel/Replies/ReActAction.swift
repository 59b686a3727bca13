/// The action a model chose in one turn of the ReAct baseline.
package enum ReActAction: Sendable, Hashable {
    case search(String)
    /// A step: what it should do is nil where the model names the skill only.
    case use(skill: String, purpose: String?)
    case finish
    /// The reply holds no action.
    case unreadable
}

extension ReActAction {
    /// Reads the first action of a reply; what follows it, made-up observations above all, does not count.
    ///
    /// Both forms in use are understood: `Action: use[…]`, and `Action: use` with `Action Input: …` on the next line.
    package init(reply: String) {
        let lines = ReplyText.lines(ReplyText.answer(in: reply)).map { Self.withoutMarkup($0) }
        self = .unreadable
        for (index, line) in lines.enumerated() {
            if Self.content(of: line, label: "observation") != nil { return }
            if Self.content(of: line, label: "final answer") != nil {
                self = .finish
                return
            }
            guard let content = Self.content(of: line, label: "action") else { continue }
            let following = lines.dropFirst(index + 1).first
            let input = following.flatMap { Self.content(of: $0, label: "action input") }
            if let action = Self.action(content, input: input) { self = action }
            return
        }
    }

    /// What follows `Label:`, also `Label 3:`; nil for any other line.
    private static func content(of line: String, label: String) -> String? {
        guard line.lowercased().hasPrefix(label) else { return nil }
        let rest = line.dropFirst(label.count).drop { $0 == " " || $0.isNumber }
        guard rest.first == ":" || rest.first == "：" else { return nil }
        return rest.dropFirst().trimmingSpaces
    }

    private static func action(_ text: String, input: String?) -> ReActAction? {
        let name = text.prefix { $0.isLetter || $0 == "_" || $0 == "-" }
        var argument = text.dropFirst(name.count).trimmingSpaces
        if let first = argument.first, let close = ["[": "]", "(": ")"][first] {
            argument = String(argument.dropFirst())
            if let end = argument.lastIndex(where: { String($0) == close }) { argument = String(argument[..<end]) }
        } else if argument.hasPrefix(":") {
            argument = argument.dropFirst().trimmingSpaces
        }
        if argument.isEmpty { argument = input ?? "" }
        switch name.lowercased() {
        case "search", "search_skills", "find", "lookup":
            return StepText.cleaned(argument).map { .search($0) }
        case "use", "use_skill", "call", "run", "execute":
            let parts = argument.split(separator: "|", maxSplits: 1)
            guard let skill = parts.first.flatMap({ StepText.cleaned($0) }) else { return nil }
            return .use(skill: skill, purpose: parts.count > 1 ? StepText.cleaned(parts[1]) : nil)
        case "finish", "finished", "done", "stop": return .finish
        default: return nil
        }
    }

    private static func withoutMarkup(_ line: Substring) -> String {
        line.replacing("**", with: "").drop { $0.isWhitespace || $0 == "#" || $0 == ">" || $0 == "-" }.trimmingSpaces
    }
}
