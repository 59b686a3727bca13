public import SkillRetrieval

/// What became of asking a language model to bind the arguments of a plan.
public struct BindingReport: Sendable, Hashable {
    public var model: String
    /// What the exchange cost; nil where it failed.
    public var call: ModelCall?
    /// What of the reply was not taken, and why; nil where all was.
    public var remark: String?

    public init(model: String, call: ModelCall? = nil, remark: String? = nil) {
        self.model = model
        self.call = call
        self.remark = remark
    }
}
