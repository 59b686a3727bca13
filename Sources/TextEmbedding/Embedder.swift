/// Turns texts into unit vectors whose inner product says how close their meanings are.
///
/// Contract, held by one test suite: one row a text, in order; every row has length 1 (an empty text included); equal
/// texts give equal rows whatever else is in the batch, to the precision of the model.
public protocol Embedder: Sendable {
    /// Which model this is; vectors of different models must never meet in one index.
    var model: EmbeddingModel { get }

    /// Embeds texts of one role.
    ///
    /// Texts longer than the model's limit are cut. Stops with `CancellationError` soon after its task is cancelled.
    func embed(_ texts: [String], as role: TextRole) async throws -> EmbeddingMatrix

    /// The encoder behind it that also gives token states; nil where there is none.
    var tokenEncoder: (any TokenEncoder)? { get }

    /// Whether another model may come to stand behind the same identity unseen, as behind a name that a server gives away.
    ///
    /// What was stored of such a model is compared with what it says today before it is used again.
    var isSwappable: Bool { get }
}

extension Embedder {
    public var tokenEncoder: (any TokenEncoder)? { self as? any TokenEncoder }
    public var isSwappable: Bool { false }

    /// Embeds one text.
    public func embed(_ text: String, as role: TextRole) async throws -> [Float] {
        Array(try await embed([text], as: role)[0])
    }
}

/// What a text is for: some models want a different prefix for what is searched and what is found.
public enum TextRole: String, Sendable, Hashable {
    case query, document
}

/// The identity of an embedding model.
public struct EmbeddingModel: Sendable, Hashable {
    /// What people call it, for example `all-MiniLM-L6-v2`.
    public var name: String
    /// Changes whenever the weights, vocabulary, pooling or prefixes do; the key of every stored vector.
    public var fingerprint: String
    /// Length of a vector.
    public var dimensions: Int

    public init(name: String, fingerprint: String, dimensions: Int) {
        self.name = name
        self.fingerprint = fingerprint
        self.dimensions = dimensions
    }
}
