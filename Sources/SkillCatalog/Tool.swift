public import JSONSchema

/// One function a skill offers, described by the schemas of what goes in and what comes out.
public struct Tool: Sendable, Hashable {
    /// Unique within its skill and never the skill's own name.
    public var name: String
    public var description: String
    /// JSON Schema of the arguments object; nil where nothing is declared.
    public var inputSchema: JSONValue?
    /// JSON Schema of the result; nil where nothing is declared.
    public var outputSchema: JSONValue?
    public var annotations: ToolAnnotations

    public init(
        name: String,
        description: String,
        inputSchema: JSONValue? = nil,
        outputSchema: JSONValue? = nil,
        annotations: ToolAnnotations = ToolAnnotations()
    ) {
        self.name = name
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
    }
}

/// What a tool's author says about its effects; what is not said counts as dangerous.
///
/// The four hints of the Model Context Protocol. They come from the skill and are as trustworthy as the skill.
public struct ToolAnnotations: Sendable, Hashable {
    public var readOnlyHint: Bool?
    public var destructiveHint: Bool?
    public var idempotentHint: Bool?
    public var openWorldHint: Bool?

    public init(
        readOnlyHint: Bool? = nil,
        destructiveHint: Bool? = nil,
        idempotentHint: Bool? = nil,
        openWorldHint: Bool? = nil
    ) {
        self.readOnlyHint = readOnlyHint
        self.destructiveHint = destructiveHint
        self.idempotentHint = idempotentHint
        self.openWorldHint = openWorldHint
    }

    /// Changes nothing, as far as its author says.
    public var isReadOnly: Bool { readOnlyHint ?? false }
    /// May destroy what exists; assumed unless the author says otherwise.
    public var isDestructive: Bool { isReadOnly ? false : destructiveHint ?? true }
    /// A second call with the same arguments changes nothing more.
    public var isIdempotent: Bool { isReadOnly || (idempotentHint ?? false) }
}
