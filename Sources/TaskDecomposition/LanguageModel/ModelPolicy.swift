/// What a language model is allowed to do to a request: how long it may take, and what happens when it fails.
public struct ModelPolicy: Sendable, Hashable {
    /// What stands in for a model that brought nothing usable.
    public enum Fallback: String, Sendable, Hashable, CaseIterable {
        /// The plan of the local decomposer, with a remark that says why.
        case local
        /// Nothing: the request fails with `DecompositionError.modelFailed`.
        case none
    }

    public var fallback: Fallback
    /// Longest time one request may wait for the model, all its calls together.
    public var patience: Duration

    public init(fallback: Fallback = .local, patience: Duration = .seconds(120)) {
        self.fallback = fallback
        self.patience = patience
    }
}
