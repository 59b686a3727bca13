import JSONSchema
import ModelContextProtocol
import SkillCatalog

/// Tools of skills that are shown beside the gateway's own, because they are needed all the time.
struct PinnedTools: Sendable {
    private(set) var tools: [ModelContextProtocol.Tool] = []
    private var targets: [String: String] = [:]

    /// - Parameter names: `skill.tool`.
    /// - Throws: `GatewayProblem` for one that is not there.
    init(_ names: [String], in inventory: any SkillInventory) async throws {
        var wireNames = WireNames(reserved: Set(GatewayTool.allCases.map(\.rawValue)))
        for name in names {
            guard let dot = name.lastIndex(of: "."), let skill = try await inventory.skill(String(name[..<dot])),
                let tool = skill.tool(named: String(name[name.index(after: dot)...]))
            else {
                throw GatewayProblem("the pinned tool '\(Excerpt.of(name))' is not in the library; write skill.tool")
            }
            let wireName = wireNames.assign(QualifiedTool(skill: skill.id, tool: tool.name))
            targets[wireName] = "\(skill.id).\(tool.name)"
            tools.append(
                ModelContextProtocol.Tool(
                    name: wireName,
                    description: tool.description,
                    inputSchema: tool.inputSchema?.objectValue ?? ["type": "object"],
                    annotations: ModelContextProtocol.ToolAnnotations(
                        readOnlyHint: tool.annotations.readOnlyHint,
                        destructiveHint: tool.annotations.destructiveHint,
                        idempotentHint: tool.annotations.idempotentHint,
                        openWorldHint: tool.annotations.openWorldHint
                    )
                )
            )
        }
    }

    /// The `skill.tool` a name means.
    func target(of name: String) -> String? { targets[name] }
}
