/// Why a schema cannot be used.
public struct SchemaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with a schema.
    public enum Kind: String, Sendable, Hashable {
        /// A keyword has a value of the wrong kind.
        case malformed
        /// A reference leads nowhere.
        case unresolvedReference = "unresolved-reference"
        /// More sub-schemas or deeper nesting than is read.
        case tooLarge = "too-large"
    }

    public var kind: Kind
    /// Where in the schema: a JSON pointer, after the address of the document where that is another one.
    public var location: String
    public var reason: String

    init(_ kind: Kind, at location: String, _ reason: String) {
        self.kind = kind
        self.location = location
        self.reason = reason
    }

    public var description: String {
        "the schema is unusable at \(location.isEmpty ? "its root" : location): \(reason)"
    }
}
