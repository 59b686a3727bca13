import SkillCatalog

/// A well-made skill folder, to be spoilt in one place at a time.
struct SkillWorkshop {
    static let fields = "name: my-skill\ndescription: Does it. Use it when it must be done."

    let folder: TemporaryFolder
    var name = "my-skill"

    init() throws { folder = try TemporaryFolder() }

    /// Validates a skill with these parts, as `severity code line` of every diagnostic.
    ///
    /// - Parameters:
    ///   - fields: What stands between the fences; nil for no front matter.
    ///   - files: Further files by their path in the folder.
    func validate(
        fields: String? = fields,
        body: String = "# My skill\n",
        schema: String? = nil,
        tools: String? = nil,
        files: [String] = []
    ) throws -> [String] {
        let document = (fields.map { "---\n\($0)\n---\n" } ?? "") + body
        try folder.write(document, to: "\(name)/SKILL.md")
        if let schema { try folder.write(schema, to: "\(name)/schema.json") }
        if let tools { try folder.write(tools, to: "\(name)/tools.py") }
        for file in files { try folder.write("x", to: "\(name)/\(file)") }
        return summary(SkillValidator.validate(folder: folder.path + "/" + name))
    }

    func summary(_ diagnostics: [Diagnostic]) -> [String] {
        diagnostics.map { diagnostic in
            "\(diagnostic.severity) \(diagnostic.code)" + (diagnostic.line.map { " \($0)" } ?? "")
        }
    }
}
