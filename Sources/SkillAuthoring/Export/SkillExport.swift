package import JSONSchema
package import SkillCatalog

/// A skill's tools in the shapes other programs read.
package enum SkillExport {
    /// What a skill can be written as.
    package enum Format: String, Sendable, Hashable, CaseIterable {
        /// A folder that needs nothing of ours.
        case agentSkills = "agent-skills"
        /// A list of functions for OpenAI-compatible models.
        case openAI = "openai"
        /// The answer of an MCP server to `tools/list`.
        case mcp
    }

    /// `[{"type": "function", "function": {"name", "description", "parameters"}}]`.
    package static func openAI(_ skill: Skill) -> JSONValue {
        .array(
            skill.tools.map { tool in
                [
                    "type": "function",
                    "function": [
                        "name": .string(WireName.make(of: tool.name)), "description": .string(tool.description),
                        "parameters": objectSchema(tool.inputSchema),
                    ],
                ]
            }
        )
    }

    /// The result of `tools/list` in the protocol's version of 2026-07-28; older clients pass over what they do not know.
    package static func mcp(_ skill: Skill) -> JSONValue {
        let tools = skill.tools.map { tool in
            var members: JSONObject = [
                "name": .string(WireName.make(of: tool.name)), "description": .string(tool.description),
                "inputSchema": objectSchema(tool.inputSchema),
            ]
            if let output = tool.outputSchema { members["outputSchema"] = output }
            let hints: [(String, Bool?)] = [
                ("readOnlyHint", tool.annotations.readOnlyHint),
                ("destructiveHint", tool.annotations.destructiveHint),
                ("idempotentHint", tool.annotations.idempotentHint),
                ("openWorldHint", tool.annotations.openWorldHint),
            ]
            let known = hints.compactMap { name, hint in hint.map { (name, JSONValue.bool($0)) } }
            if !known.isEmpty { members["annotations"] = .object(JSONObject(known)) }
            return JSONValue.object(members)
        }
        return ["resultType": "complete", "ttlMs": 0, "cacheScope": "private", "tools": .array(tools)]
    }

    /// A schema that says that it describes an object, as every client asks.
    private static func objectSchema(_ schema: JSONValue?) -> JSONValue {
        guard var members = schema?.objectValue else { return ["type": "object", "properties": [:]] }
        if members["type"] == nil { members["type"] = "object" }
        return .object(members)
    }
}
