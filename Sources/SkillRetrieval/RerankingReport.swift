/// What became of asking a language model to order the candidates of a request.
public struct RerankingReport: Sendable, Hashable {
    public var model: String
    /// What the exchange cost; nil where it failed.
    public var call: ModelCall?
    /// Why the order, or part of it, is the one that was found; nil where the model ranked everything.
    public var remark: String?

    public init(model: String, call: ModelCall? = nil, remark: String? = nil) {
        self.model = model
        self.call = call
        self.remark = remark
    }
}
