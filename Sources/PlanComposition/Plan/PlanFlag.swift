/// Something about a plan that a person has to agree to before it runs.
public struct PlanFlag: Sendable, Hashable {
    /// What there is to consent to.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// What one step reads from a private source reaches others through another step.
        case privateToPublic = "private_to_public"
    }

    /// What there is to consent to.
    public var kind: Kind
    /// Id of the step the data comes from.
    public var from: String
    /// Id of the step it goes to.
    public var to: String
    /// The reason, as a person reads it.
    public var why: String

    public init(_ kind: Kind, from: String, to: String, why: String) {
        self.kind = kind
        self.from = from
        self.to = to
        self.why = why
    }
}
