public import JSONSchema
public import SkillCatalog

/// One call of one tool, with everything an invoker needs to make it.
public struct ToolCall: Sendable, Hashable {
    /// The skill the tool belongs to.
    public var skill: Skill
    /// The tool that is called.
    public var tool: Tool
    /// Literal values only: references are resolved by then.
    public var arguments: JSONObject
    /// The same for every attempt at the same piece of work, so that a tool that takes one does it once.
    public var idempotencyKey: String
    /// How long it may take and how much it may answer.
    public var limits: CallLimits
    /// Standing decisions about the tools that are called on behalf of this call.
    package var rules = ApprovalRules()

    public init(
        skill: Skill,
        tool: Tool,
        arguments: JSONObject,
        idempotencyKey: String,
        limits: CallLimits = CallLimits()
    ) {
        self.skill = skill
        self.tool = tool
        self.arguments = arguments
        self.idempotencyKey = idempotencyKey
        self.limits = limits
    }

    /// `skill.tool`.
    public var qualifiedName: String { "\(skill.id).\(tool.name)" }
}

/// What one call may use before it is stopped.
public struct CallLimits: Sendable, Hashable {
    /// Longest duration of one attempt.
    public var deadline: Duration
    /// Most memory of a tool's process, in bytes.
    public var maximumMemory: Int
    /// Most bytes of a result.
    public var maximumResultBytes: Int
    /// Results above this many bytes are written to a file, and travel as a handle.
    public var spillBytes: Int

    public init(
        deadline: Duration = .seconds(60),
        maximumMemory: Int = 1 << 30,
        maximumResultBytes: Int = 64 << 20,
        spillBytes: Int = 256 << 10
    ) {
        self.deadline = deadline
        self.maximumMemory = maximumMemory
        self.maximumResultBytes = maximumResultBytes
        self.spillBytes = spillBytes
    }
}
