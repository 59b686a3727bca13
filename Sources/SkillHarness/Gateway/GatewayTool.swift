import JSONSchema
import ModelContextProtocol

/// The tools a gateway offers to MCP clients: always these, whatever the library holds and whatever is loaded.
enum GatewayTool: String, Sendable, Hashable, CaseIterable {
    case searchSkills = "search_skills"
    case listSkills = "list_skills"
    case loadSkill = "load_skill"
    case unloadSkill = "unload_skill"
    case callTool = "call_tool"
    case planRequest = "plan_request"
    case runPlan = "run_plan"
    case getRun = "get_run"
    case resumeRun = "resume_run"
    case cancelRun = "cancel_run"

    /// The tool as clients list it.
    var definition: Tool {
        Tool(
            name: rawValue,
            title: title,
            description: description,
            inputSchema: inputSchema,
            outputSchema: outputSchema,
            annotations: annotations
        )
    }

    private var title: String {
        rawValue.split(separator: "_").enumerated()
            .map { $0.offset == 0 ? $0.element.prefix(1).uppercased() + $0.element.dropFirst() : String($0.element) }
            .joined(separator: " ")
    }

    private var description: String {
        switch self {
        case .searchSkills: "Find skills, and their tools, by what is to be done. Start here."
        case .listSkills: "List all skills page by page, one line each."
        case .loadSkill:
            "Read a skill's instructions and the schemas of its tools before using it. Returns a session handle; pass it to "
                + "later calls to keep what is loaded together."
        case .unloadSkill: "Forget a loaded skill of a session."
        case .callTool:
            "Call a tool of any skill, loaded or not, by its full name skill.tool. Wrong arguments are answered with the "
                + "tool's schema."
        case .planRequest:
            "Turn a request of several steps into a plan: which tool does what, in which order, with which arguments. Runs "
                + "nothing."
        case .runPlan:
            "Run a plan, with retries and fallbacks. Returns when it ends, when it needs an answer, or after wait_seconds; "
                + "then follow it with get_run."
        case .getRun: "What a run has done so far, step by step, and what it waits for."
        case .resumeRun:
            "Give the values a run waits for, and go on with it. What needs the user's consent is asked of the user."
        case .cancelRun: "Cancel a run."
        }
    }

    private var annotations: ToolAnnotations {
        switch self {
        case .searchSkills, .listSkills, .loadSkill, .planRequest, .getRun:
            ToolAnnotations(readOnlyHint: true, openWorldHint: false)
        case .unloadSkill:
            ToolAnnotations(readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false)
        case .callTool, .runPlan, .resumeRun:
            ToolAnnotations(readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true)
        case .cancelRun:
            ToolAnnotations(readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false)
        }
    }

    // MARK: - Schemas

    var inputSchema: JSONObject {
        switch self {
        case .searchSkills:
            Self.object(
                [
                    "query": Self.text("What is to be done, in a few words."), "top": Self.number(1...50, 8),
                    "detail": Self.detail, "library": Self.library,
                ],
                required: ["query"]
            )
        case .listSkills:
            Self.object(["cursor": ["type": "string"], "limit": Self.number(1...500, 100), "library": Self.library])
        case .loadSkill:
            Self.object(
                [
                    "name": Self.text("Skill name."),
                    "tools": Self.texts("Tools whose schemas are wanted; by default those that fit the request."),
                    "request": [
                        "type": "string", "description": "What the user wants; picks the tools of a large skill.",
                    ],
                    "session": Self.session, "library": Self.library,
                ],
                required: ["name"]
            )
        case .unloadSkill:
            Self.object(["name": Self.text("Skill name."), "session": Self.session], required: ["name", "session"])
        case .callTool:
            Self.object(
                [
                    "tool": Self.text("skill.tool"), "arguments": ["type": "object"], "session": Self.session,
                    "library": Self.library,
                ],
                required: ["tool"]
            )
        case .planRequest:
            Self.object(
                ["request": Self.text("The whole request."), "detail": Self.detail, "library": Self.library],
                required: ["request"]
            )
        case .runPlan:
            Self.object([
                "plan_id": ["type": "string"],
                "plan": ["type": "object", "description": "A plan, as plan_request gives it with detail full."],
                "answers": ["type": "object", "description": "Values the plan asks for: {\"s1.url\": …}."],
                "wait_seconds": Self.number(0...600, 60), "library": Self.library,
            ])
        case .getRun: Self.object(["run": Self.text("Run id."), "detail": Self.detail], required: ["run"])
        case .resumeRun:
            Self.object(
                [
                    "run": Self.text("Run id."), "deny": Self.texts("Steps not to do."),
                    "answers": ["type": "object", "description": "Values the run asks for: {\"s1.url\": …}."],
                    "wait_seconds": Self.number(0...600, 60),
                ],
                required: ["run"]
            )
        case .cancelRun: Self.object(["run": Self.text("Run id.")], required: ["run"])
        }
    }

    private var outputSchema: JSONObject {
        let list: JSONValue = ["type": "array", "items": ["type": "object"]]
        let text: JSONValue = ["type": "string"]
        switch self {
        case .searchSkills: return Self.result(["skills": list], ["skills"])
        case .listSkills: return Self.result(["skills": list, "next_cursor": text], ["skills"])
        case .loadSkill:
            return Self.result(
                ["session": text, "skill": text, "document": text, "tools": list],
                ["session", "skill", "tools"]
            )
        case .unloadSkill: return Self.result(["unloaded": ["type": "boolean"]], ["unloaded"])
        case .callTool: return ["type": "object"]
        case .planRequest:
            return Self.result(["plan_id": text, "steps": list, "questions": list], ["plan_id", "steps"])
        case .runPlan, .getRun, .resumeRun, .cancelRun:
            return Self.result(["run": text, "phase": text, "steps": list, "questions": list], ["run", "phase"])
        }
    }

    private static let session: JSONValue = ["type": "string", "description": "Handle from load_skill."]
    private static let library: JSONValue = ["type": "string"]
    private static let detail: JSONValue = ["enum": ["names", "brief", "full"], "default": "brief"]

    private static func text(_ description: String) -> JSONValue {
        ["type": "string", "minLength": 1, "description": .string(description)]
    }

    private static func texts(_ description: String) -> JSONValue {
        ["type": "array", "items": ["type": "string"], "maxItems": 200, "description": .string(description)]
    }

    private static func number(_ range: ClosedRange<Int>, _ usual: Int) -> JSONValue {
        [
            "type": "integer", "minimum": JSONValue(range.lowerBound), "maximum": JSONValue(range.upperBound),
            "default": JSONValue(usual),
        ]
    }

    private static func object(_ properties: JSONObject, required: [String] = []) -> JSONObject {
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        schema["additionalProperties"] = false
        return schema
    }

    private static func result(_ properties: JSONObject, _ required: [String]) -> JSONObject {
        ["type": "object", "properties": .object(properties), "required": JSONValue(required)]
    }
}
