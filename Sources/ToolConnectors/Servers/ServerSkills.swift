package import SkillCatalog

/// Turns the tools of one MCP server into skills: one, or one for each toolset of a large server.
package struct ServerSkills: Sendable {
    /// More tools than this are split by the first words of their names, unless the user says otherwise. Fewer stay
    /// together, though a skill with more than 8 shows only those that fit a request when it is loaded.
    package static let toolsOfOneSkill = 20

    /// The server's name in the configuration; kept in the skills' metadata, by which an invoker knows them.
    package static let mark = "mcp-server"
    /// Longest description of one tool that is taken, in bytes.
    private static let maximumDescriptionBytes = 4_000

    let server: String
    let settings: MCPServerSettings
    /// What the server says about itself.
    let instructions: String
    /// The name of the source, and the file it stands in.
    let source: String
    let location: String

    package init(
        server: String,
        settings: MCPServerSettings,
        instructions: String = "",
        source: String,
        location: String
    ) {
        self.server = server
        self.settings = settings
        self.instructions = CleanedText.prose(instructions)
        self.source = source
        self.location = location
    }

    /// The server a skill comes from; nil for others. What a folder's author writes does not count.
    package static func server(of skill: Skill) -> String? {
        skill.origin.folder == nil ? skill.metadata[mark] : nil
    }

    /// - Parameter tools: as the server lists them. Their annotations are dropped unless the server is trusted.
    package func skills(_ tools: [Tool]) -> [Skill] {
        let slug = ToolNaming.slug(server)
        let name = slug.isEmpty ? "server" : slug
        let clean = tools.map(cleaned)
        guard settings.toolsets == .prefix, clean.count > Self.toolsOfOneSkill else {
            return clean.isEmpty ? [] : [skill(name, clean, about: nil)]
        }
        let prefix = name.replacing("-", with: "_")
        let groups = SkillSplit.groups(clean) { tool in
            // What all names begin with, such as the server's own, tells nothing.
            let rest = tool.name.hasPrefix(prefix + "_") ? String(tool.name.dropFirst(prefix.count + 1)) : tool.name
            return NameWords.first(of: rest)
        }
        guard groups.count > 1 else { return [skill(name, clean, about: nil)] }
        var names = UniqueNames()
        return groups.map { word, tools in skill(names.claim(ToolNaming.slug("\(name)-\(word)")), tools, about: word) }
    }

    private func cleaned(_ tool: Tool) -> Tool {
        var tool = tool
        let text = CleanedText.prose(tool.description)
        tool.description =
            text.utf8.count <= Self.maximumDescriptionBytes
            ? text : String(decoding: text.utf8.prefix(Self.maximumDescriptionBytes), as: UTF8.self) + "…"
        if !settings.isTrusted { tool.annotations = ToolAnnotations() }
        return tool
    }

    private func skill(_ label: String, _ tools: [Tool], about word: String?) -> Skill {
        // A skill and a tool never share a name: a call would not know which is meant.
        let id = tools.contains { $0.name == label } ? "\(label)-server" : label
        let samples = tools.prefix(8).map { tool in
            let first = tool.description.split(whereSeparator: \.isNewline).first.map { String($0.prefix(120)) }
            return first ?? ReadableName.words(of: tool.name)
        }
        let head = instructions.split(separator: "\n").first.map { String($0.prefix(300)) }
        let title = "\(server)\(word.map { ", \($0)" } ?? "")"
        let text = "\(title): \(([head].compactMap(\.self) + samples).joined(separator: "; "))"
        return Skill(
            id: id,
            name: id,
            description: String(String.UnicodeScalarView(text.unicodeScalars.prefix(SkillLimits.description))),
            document: instructions,
            tools: tools,
            tags: word.map { [$0] } ?? [],
            metadata: [Self.mark: server],
            origin: SkillOrigin(source: source, file: location)
        )
    }
}

/// The words that names of functions are made of.
enum NameWords {
    /// The first word in lower case: `get` of `getUser`, `get_user` and `get-user`; `other` where there is none.
    static func first(of name: String) -> String {
        let word = name.utf8.prefix { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte >= 0x80
        }
        let text = String(decoding: word, as: UTF8.self)
        let lower = text.prefix { !$0.isUppercase }
        let first = (lower.isEmpty ? text : String(lower)).lowercased()
        return first.isEmpty ? "other" : first
    }
}
