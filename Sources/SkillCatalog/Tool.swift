public import JSONSchema

/// One function a skill offers, described by the schemas of what goes in and what comes out.
public struct Tool: Sendable, Hashable {
    /// Unique within its skill and never the skill's own name.
    public var name: String
    /// What it does and when to use it.
    public var description: String
    /// JSON Schema of the arguments object; nil where nothing is declared.
    public var inputSchema: JSONValue?
    /// JSON Schema of the result; nil where nothing is declared.
    public var outputSchema: JSONValue?
    /// What is known of its effects.
    public var annotations: ToolAnnotations
    /// The call that takes this one's effect back, where its author declares one.
    public var compensation: ToolCompensation?

    public init(
        name: String,
        description: String,
        inputSchema: JSONValue? = nil,
        outputSchema: JSONValue? = nil,
        annotations: ToolAnnotations = ToolAnnotations(),
        compensation: ToolCompensation? = nil
    ) {
        self.name = name
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
        self.compensation = compensation
    }
}

/// The call that takes back what a tool did, for runs that cannot be finished.
///
/// Written in `schema.json` as `"compensation": {"tool": "delete_event", "arguments": {"id": {"$from": "result", "path":
/// "/id"}}}`. The sources of its references are `result`, what the tool returned, and `arguments`, what it was called with.
public struct ToolCompensation: Sendable, Hashable {
    /// A tool of the same skill.
    public var tool: String
    public var arguments: JSONObject

    public init(tool: String, arguments: JSONObject) {
        self.tool = tool
        self.arguments = arguments
    }
}

/// What a tool's author says about its effects; what is not said counts as dangerous.
///
/// The four hints of the Model Context Protocol, and one of our own. They come from the skill and are as trustworthy as
/// the skill.
public struct ToolAnnotations: Sendable, Hashable {
    /// Whether it changes nothing; nil where its author says nothing.
    public var readOnlyHint: Bool?
    /// Whether it may change or destroy what exists; nil where its author says nothing.
    public var destructiveHint: Bool?
    /// Whether a second call with the same arguments changes nothing more; nil where its author says nothing.
    public var idempotentHint: Bool?
    /// Whether it deals with the world outside; nil where its author says nothing.
    public var openWorldHint: Bool?
    /// The tool takes an idempotency key: a second call with the same key changes nothing more.
    public var idempotencyKeyHint: Bool?

    public init(
        readOnlyHint: Bool? = nil,
        destructiveHint: Bool? = nil,
        idempotentHint: Bool? = nil,
        openWorldHint: Bool? = nil,
        idempotencyKeyHint: Bool? = nil
    ) {
        self.readOnlyHint = readOnlyHint
        self.destructiveHint = destructiveHint
        self.idempotentHint = idempotentHint
        self.openWorldHint = openWorldHint
        self.idempotencyKeyHint = idempotencyKeyHint
    }

    /// Changes nothing, as far as its author says.
    public var isReadOnly: Bool { readOnlyHint ?? false }
    /// May destroy what exists; assumed unless the author says otherwise.
    public var isDestructive: Bool { isReadOnly ? false : destructiveHint ?? true }
    /// A second call with the same arguments changes nothing more.
    public var isIdempotent: Bool { isReadOnly || (idempotentHint ?? false) }
    /// Takes a key by which it recognises a call it has already done.
    public var takesIdempotencyKey: Bool { idempotencyKeyHint ?? false }
    /// May be called again when nobody knows whether the first call took effect.
    public var isRepeatable: Bool { isIdempotent || takesIdempotencyKey }
}
