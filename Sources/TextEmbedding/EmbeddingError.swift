/// Why texts could not be embedded, and what to do about it.
public struct EmbeddingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, for programs to tell apart.
    public enum Kind: String, Sendable, Hashable {
        /// The inference runtime is not installed or cannot be loaded.
        case runtimeMissing
        /// The model folder lacks a file or holds one that cannot be read.
        case modelUnusable
        /// The model ran and failed.
        case inferenceFailed
        /// So many texts wait for the model that no more are taken in.
        case overloaded
        /// What is said about an embeddings endpoint is missing something or wrong.
        case endpointMisconfigured
        /// An embeddings endpoint cannot be reached, is too busy, or refuses.
        case endpointFailed
        /// What an embeddings endpoint answers are no vectors, or not those that were asked for.
        case malformedReply
    }

    /// What went wrong, for programs to tell apart.
    public var kind: Kind
    /// What happened, where, and what to do next.
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
