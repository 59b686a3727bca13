/// Where a sub-task comes from.
public enum SubtaskOrigin: Sendable, Hashable {
    /// The request asks for it.
    case stated
    /// Nobody asked for it: a tool that does another step cannot do without.
    case implicit(ImplicitNeed)

    /// What the sub-task is needed for; nil where the request asks for it.
    public var need: ImplicitNeed? {
        if case .implicit(let need) = self { need } else { nil }
    }
}

/// What a sub-task that nobody asked for is needed for.
public struct ImplicitNeed: Sendable, Hashable {
    /// Id of the sub-task whose tool needs it.
    public var step: String
    /// Name of the input of that tool.
    public var input: String
    /// Where the value is in the result, as a JSON Pointer (RFC 6901); nil where no schema says so.
    public var result: String?
    /// Why, as a person reads it.
    public var reason: String

    public init(step: String, input: String, result: String? = nil, reason: String) {
        self.step = step
        self.input = input
        self.result = result
        self.reason = reason
    }
}
