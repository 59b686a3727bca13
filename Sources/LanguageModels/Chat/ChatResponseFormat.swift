public import JSONSchema

/// What the text of a reply must look like.
///
/// A promise of the server at best: what depends on the form checks the reply all the same.
public enum ChatResponseFormat: Sendable, Hashable {
    /// Whatever the model writes.
    case text
    /// Some JSON object.
    case json
    /// JSON that fits a schema.
    case schema(ChatSchema)
}

/// A JSON Schema that a reply has to fit.
public struct ChatSchema: Sendable, Hashable {
    /// Name of the form, for the model: 1 to 64 letters, digits, hyphens and underscores.
    public var name: String
    /// The schema. For servers that check strictly each object lists all its members as required and allows no others.
    public var schema: JSONValue
    /// Asks the server to keep the model from writing anything that does not fit.
    public var isStrict: Bool

    public init(name: String, schema: JSONValue, isStrict: Bool = true) {
        self.name = name
        self.schema = schema
        self.isStrict = isStrict
    }
}
