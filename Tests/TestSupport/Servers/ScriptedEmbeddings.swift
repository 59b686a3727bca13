import JSONSchema

/// An embedding model that a `ScriptedServer` plays: texts that share words are close, others are far.
public struct ScriptedEmbeddings: Sendable {
    public var dimensions: Int
    /// Two models of the same salt give the same vectors.
    public var salt: String
    /// Whether it gives base64 where that is asked for.
    public var givesBase64: Bool

    public init(dimensions: Int = 64, salt: String = "", givesBase64: Bool = true) {
        self.dimensions = dimensions
        self.salt = salt
        self.givesBase64 = givesBase64
    }

    var json: JSONValue {
        ["dimensions": JSONValue(dimensions), "salt": .string(salt), "base64": .bool(givesBase64)]
    }
}
