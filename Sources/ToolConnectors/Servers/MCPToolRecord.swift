import SkillCatalog

/// Keeps where a tool of a server is found beside the tool: in the metadata of its skill.
enum MCPToolRecord {
    private static let prefix = "mcp-tool."

    /// The server whose tools a skill has; nil for other skills.
    static func server(of skill: Skill) -> String? { ServerSkills.server(of: skill) }

    /// What the server itself calls a tool.
    static func wireName(of tool: String, in skill: Skill) -> String { skill.metadata[prefix + tool] ?? tool }

    static func write(wireName: String, of tool: String, into skill: inout Skill) {
        if wireName != tool { skill.metadata[prefix + tool] = wireName }
    }
}
