import JSONSchema
import ModelContextProtocol
import SkillCatalog

/// Makes skills of what a server lists.
///
/// Everything comes from the server and is untrusted: names are made to fit, texts are bounded, and what it says about the
/// effects of its tools counts only where the user trusts it.
struct MCPSkills {
    /// Beyond so many tools a server becomes several skills.
    static let largestSkill = 20
    private static let maximumTools = 2_000
    private static let maximumDescription = 8 << 10
    private static let maximumInstructions = 32 << 10

    let server: MCPServerConfiguration
    /// Path of the configuration.
    let location: String
    private(set) var diagnostics: [Diagnostic] = []

    init(_ server: MCPServerConfiguration, location: String) {
        self.server = server
        self.location = location
    }

    /// - Parameter rejected: why tools that were listed cannot be read.
    mutating func skills(_ listing: ServerListing, rejected: [String]) -> [Skill] {
        for reason in rejected { warn("a tool is left out: \(reason)") }
        let instructions = listing.instructions
        var names: Set<String> = []
        var tools: [(wireName: String, tool: SkillCatalog.Tool)] = []
        for tool in listing.tools.prefix(Self.maximumTools) {
            let name = Self.name(tool.name)
            guard !name.isEmpty, names.insert(name).inserted else {
                warn("the tool '\(Excerpt.of(tool.name))' is left out: another has its name")
                continue
            }
            tools.append((tool.name, catalogTool(tool, name: name)))
        }
        if listing.tools.count > Self.maximumTools { warn("only the first \(Self.maximumTools) tools are taken") }
        guard !tools.isEmpty else {
            warn("lists no tools")
            return []
        }
        guard server.settings.toolsets == .prefix, tools.count > Self.largestSkill else {
            return [skill(Self.name(server.name), tools, instructions, toolset: nil)]
        }
        let groups = SkillSplit.groups(tools) { Self.prefix(of: $0.tool.name) }
        return groups.map { label, members in
            skill("\(Self.name(server.name))-\(label)", members, instructions, toolset: label)
        }
    }

    private func skill(
        _ id: String,
        _ tools: [(wireName: String, tool: SkillCatalog.Tool)],
        _ instructions: String?,
        toolset: String?
    ) -> Skill {
        let document = Self.text(instructions ?? "", limit: Self.maximumInstructions)
        let listed = tools.prefix(8).map(\.tool.name).joined(separator: ", ") + (tools.count > 8 ? ", …" : "")
        let lead = document.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let subject =
            toolset.map { "the \($0) tools of the MCP server \(server.name)" } ?? "the MCP server \(server.name)"
        var skill = Skill(
            id: id,
            // A tool called like its server must not be called like its skill.
            name: tools.contains { $0.tool.name == id } ? "\(id)-server" : id,
            description: (lead.isEmpty ? "" : "\(lead.prefix(400)) ") + "Tools of \(subject): \(listed).",
            document: document,
            tools: tools.map(\.tool),
            tags: ["mcp"],
            origin: SkillOrigin(source: server.name, file: location)
        )
        MCPToolRecord.write(server: server.name, into: &skill)
        for (wireName, tool) in tools { MCPToolRecord.write(wireName: wireName, of: tool.name, into: &skill) }
        skill.id = skill.name
        return skill
    }

    private func catalogTool(_ tool: ModelContextProtocol.Tool, name: String) -> SkillCatalog.Tool {
        let hints = server.settings.isTrusted ? tool.annotations : nil
        let description = tool.description ?? tool.title ?? tool.annotations?.title ?? ""
        return SkillCatalog.Tool(
            name: name,
            description: Self.text(description, limit: Self.maximumDescription),
            inputSchema: .object(tool.inputSchema),
            outputSchema: tool.outputSchema.map(JSONValue.object),
            annotations: SkillCatalog.ToolAnnotations(
                readOnlyHint: hints?.readOnlyHint,
                destructiveHint: hints?.destructiveHint,
                idempotentHint: hints?.idempotentHint,
                openWorldHint: hints?.openWorldHint
            )
        )
    }

    private mutating func warn(_ message: String) {
        diagnostics.append(
            Diagnostic(.warning, code: "mcp-server", "\(Excerpt.of(server.name)): \(message)", file: location)
        )
    }

    /// A name models and plans can use: letters, digits, `_` and `-`, at most 64.
    static func name(_ text: String) -> String {
        var name = ""
        for scalar in text.unicodeScalars.prefix(64) {
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            name.unicodeScalars.append(isPlain || scalar == "_" || scalar == "-" ? scalar : "_")
        }
        let hasLetter = name.utf8.contains { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
        return hasLetter ? name : ""
    }

    /// The first word of a name: `git_status` is of the toolset `git`, `browserOpen` of `browser`.
    static func prefix(of name: String) -> String {
        let word = name.prefix { $0 != "_" && $0 != "-" && $0 != "." }
        let first = word.prefix(1) + word.dropFirst().prefix { !$0.isUppercase }
        return first.isEmpty ? "other" : first.lowercased()
    }

    private static func text(_ text: String, limit: Int) -> String {
        var bounded = String(decoding: text.utf8.prefix(limit), as: UTF8.self)
        bounded.unicodeScalars.removeAll { scalar in
            let category = scalar.properties.generalCategory
            return (category == .control && scalar != "\n" && scalar != "\t") || category == .format
        }
        return bounded
    }
}
