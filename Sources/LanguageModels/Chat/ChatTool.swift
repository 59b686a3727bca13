public import JSONSchema

/// A tool that a model is offered in a conversation.
public struct ChatTool: Sendable, Hashable {
    /// What the model calls it; the common chat interfaces take 1 to 64 letters, digits, hyphens and underscores.
    public var name: String
    /// What it does and when to use it, for the model.
    public var description: String
    /// JSON Schema of its arguments; an object.
    public var parameters: JSONValue

    public init(name: String, description: String = "", parameters: JSONValue = ["type": "object", "properties": [:]]) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}

/// Whether a model may, must or must not call a tool.
public enum ChatToolChoice: Sendable, Hashable {
    /// The model decides.
    case auto
    /// No tool is called.
    case none
    /// At least one tool is called.
    case required
    /// The tool of this name is called.
    case tool(String)
}

/// A tool that a model asks to be called.
public struct ChatToolCall: Sendable, Hashable {
    /// What the result refers to; unique within a reply.
    public var id: String
    /// Name of the tool, as the model wrote it: it may be none of those it was offered.
    public var name: String
    /// The arguments as the model wrote them: JSON text that may be damaged or not fit the tool's schema.
    public var arguments: String

    public init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }

    /// The arguments as values; no text counts as no arguments.
    ///
    /// - Throws: where the text is not JSON; the message is fit to be handed back to the model.
    public func parsedArguments() throws(JSONSyntaxError) -> JSONValue {
        arguments.allSatisfy(\.isWhitespace) ? [:] : try JSONParser.parse(arguments)
    }
}
