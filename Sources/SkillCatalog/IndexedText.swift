extension Skill {
    /// What search sees of a skill: name, description, tools, document, in that order, one a line.
    ///
    /// The description stands at the start because an encoder reads a few hundred tokens and drops the rest. The
    /// category and the tags are never part of it: they are labels that results are judged by.
    package var indexedText: String {
        var parts = [name]
        if !description.isEmpty { parts.append(description) }
        parts += tools.map { $0.description.isEmpty ? $0.name : "\($0.name): \($0.description)" }
        if !document.isEmpty { parts.append(document) }
        return parts.joined(separator: "\n")
    }

    /// What search sees of one of the skill's tools: its name in words and its description, then the skill's name.
    package func indexedText(of tool: Tool) -> String {
        let separators: Set<Character> = ["_", "-", "."]
        let words = String(tool.name.map { separators.contains($0) ? " " : $0 })
        return (tool.description.isEmpty ? words : "\(words): \(tool.description)") + "\n" + name
    }
}
