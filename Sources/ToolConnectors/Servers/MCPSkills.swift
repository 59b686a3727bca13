import JSONSchema
import ModelContextProtocol
import SkillCatalog

/// Makes skills of what a server lists.
///
/// Names are made to fit what models and plans can use; what the server itself calls a tool is kept beside it.
struct MCPSkills {
    private static let maximumTools = 2_000

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
        if listing.tools.count > Self.maximumTools { warn("only the first \(Self.maximumTools) tools are taken") }
        var wireNames: [String: String] = [:]
        var tools: [SkillCatalog.Tool] = []
        for tool in listing.tools.prefix(Self.maximumTools) {
            let name = ToolNaming.identifier(tool.name)
            guard !name.isEmpty, wireNames[name] == nil else {
                warn("the tool '\(Excerpt.of(tool.name))' is left out: another has its name, or it has none")
                continue
            }
            wireNames[name] = tool.name
            tools.append(Self.catalogTool(tool, name: name))
        }
        if tools.isEmpty { warn("it lists no tools") }
        let made = ServerSkills(
            server: server.name,
            settings: server.settings,
            instructions: listing.instructions ?? "",
            source: "mcp",
            location: location
        ).skills(tools)
        return made.map { skill in
            var skill = skill
            for tool in skill.tools {
                if let wireName = wireNames[tool.name] {
                    MCPToolRecord.write(wireName: wireName, of: tool.name, into: &skill)
                }
            }
            return skill
        }
    }

    /// The tool as the catalog has it, with everything the server says about it.
    static func catalogTool(_ tool: ModelContextProtocol.Tool, name: String) -> SkillCatalog.Tool {
        SkillCatalog.Tool(
            name: name,
            description: tool.description ?? tool.title ?? tool.annotations?.title ?? "",
            inputSchema: .object(tool.inputSchema),
            outputSchema: tool.outputSchema.map(JSONValue.object),
            annotations: SkillCatalog.ToolAnnotations(
                readOnlyHint: tool.annotations?.readOnlyHint,
                destructiveHint: tool.annotations?.destructiveHint,
                idempotentHint: tool.annotations?.idempotentHint,
                openWorldHint: tool.annotations?.openWorldHint
            )
        )
    }

    private mutating func warn(_ message: String) {
        diagnostics.append(
            Diagnostic(.warning, code: "mcp-server", "\(Excerpt.of(server.name)): \(message)", file: location)
        )
    }
}
