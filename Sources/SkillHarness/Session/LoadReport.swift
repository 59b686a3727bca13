public import SkillCatalog

/// What came of loading a skill.
public struct LoadReport: Sendable, Hashable {
    public var skill: Skill
    /// It was loaded before, and nothing was added.
    public var wasLoaded: Bool
    /// Names, as a model calls them, of the tools whose schemas are given in full.
    public var tools: [String]
    /// Tools that have a line each in the text and no schema yet.
    public var listedTools: [Tool]
    /// Skills that were unloaded to make room.
    public var unloaded: [String]
    /// Tokens that the document and the schemas take.
    public var tokens: Int
    /// What the author or the user should know: a missing document, too many tools.
    public var remarks: [String]

    /// The document is handed over: not a second time for a skill that was loaded.
    public var givesDocument: Bool { !wasLoaded }

    /// What the model reads.
    public var text: String {
        var lines: [String] = []
        let toolList = tools.isEmpty ? "no tools" : "\(tools.count) tools: \(tools.joined(separator: ", "))"
        lines.append(
            wasLoaded
                ? "Skill '\(skill.id)' is already loaded, with \(toolList)."
                : "Loaded skill '\(skill.id)' with \(toolList)."
        )
        if !unloaded.isEmpty { lines.append("Unloaded to make room: \(unloaded.joined(separator: ", ")).") }
        lines += remarks
        if !listedTools.isEmpty {
            lines.append("More tools; call load_skill with `tools` to get their schemas:")
            lines += listedTools.map { "- \($0.name): \(MenuLine.sentence($0.description))" }
        }
        if givesDocument {
            if let folder = skill.origin.folder { lines.append("Files of the skill (read_skill_file): \(folder)") }
            lines.append(skill.document.isEmpty ? "" : "\n\(AuthorsWords.document(of: skill))")
        }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
