import JSONSchema
public import LanguageModels

/// The tools a session offers by itself, whatever is loaded.
public enum MetaTool: String, Sendable, Hashable, CaseIterable {
    case listSkills = "list_skills"
    case searchSkills = "search_skills"
    case loadSkill = "load_skill"
    case unloadSkill = "unload_skill"
    case readSkillFile = "read_skill_file"
    case callTool = "call_tool"

    /// The tool as a model is offered it.
    public var chatTool: ChatTool { ChatTool(name: rawValue, description: description, parameters: inputSchema) }

    var description: String {
        switch self {
        case .listSkills: "List the skills of the menu again, with a mark where one is loaded."
        case .searchSkills: "Find skills by what they do, also those that the menu leaves out."
        case .loadSkill: "Load a skill by name: returns its document and makes its tools callable."
        case .unloadSkill: "Unload a skill that is not needed any more, to free the space it takes."
        case .readSkillFile: "Read a text file that belongs to a skill, such as references/guide.md."
        case .callTool: "Call a tool by its full name skill.tool; works without loading the skill."
        }
    }

    var inputSchema: JSONValue {
        switch self {
        case .listSkills: Self.object([:])
        case .searchSkills:
            Self.object(
                [
                    "query": ["type": "string", "minLength": 1, "description": "What is to be done, in a few words."],
                    "top": ["type": "integer", "minimum": 1, "maximum": 50, "description": "How many; 10 by default."],
                ],
                required: ["query"]
            )
        case .loadSkill:
            Self.object(
                [
                    "name": ["type": "string", "minLength": 1, "description": "Skill name from the menu."],
                    "tools": [
                        "type": "array", "items": ["type": "string"], "maxItems": 64,
                        "description": "Tools whose schemas are wanted; by default those that fit.",
                    ],
                ],
                required: ["name"]
            )
        case .unloadSkill:
            Self.object(
                ["name": ["type": "string", "minLength": 1, "description": "Name of a loaded skill."]],
                required: ["name"]
            )
        case .readSkillFile:
            Self.object(
                [
                    "skill": ["type": "string", "minLength": 1, "description": "Skill name."],
                    "path": ["type": "string", "minLength": 1, "description": "Path from the skill's folder."],
                ],
                required: ["skill", "path"]
            )
        case .callTool:
            Self.object(
                [
                    "tool": ["type": "string", "minLength": 1, "description": "Full name, skill.tool."],
                    "arguments": ["type": "object", "description": "Arguments by the tool's schema."],
                ],
                required: ["tool"]
            )
        }
    }

    private static func object(_ properties: JSONObject, required: [String] = []) -> JSONValue {
        [
            "type": "object", "properties": .object(properties), "required": JSONValue(required),
            "additionalProperties": false,
        ]
    }
}
