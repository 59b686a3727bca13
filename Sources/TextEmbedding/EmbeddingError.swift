/// Why texts could not be embedded, and what to do about it.
public struct EmbeddingError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: String, Sendable, Hashable {
        /// The inference runtime is not installed or cannot be loaded.
        case runtimeMissing
        /// The model folder lacks a file or holds one that cannot be read.
        case modelUnusable
        /// The model ran and failed.
        case inferenceFailed
    }

    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
