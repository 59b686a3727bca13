/// Why a call brought no result; its kind decides what is done about it.
public struct ToolFailure: Error, Sendable, Hashable {
    /// What decides how the failure is followed up.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It may work when tried again: a timeout, a lost connection, a server that is busy.
        case transient
        /// The arguments are wrong; the same call fails again, a repaired one may work.
        case invalidInput = "invalid_input"
        /// This tool cannot do it; another may.
        case permanent
        /// Not allowed: a person or the configuration decides, never a retry.
        case policy
        /// The run was cancelled or its time was over.
        case cancelled
    }

    /// What is known about the effect of the failed call.
    public enum Effect: String, Sendable, Hashable, CaseIterable {
        /// Nothing happened, or the tool itself says that it failed.
        case none
        /// Nobody knows: the tool was stopped or lost while it worked.
        case unknown
    }

    /// What decides how it is followed up.
    public var kind: Kind
    /// Whether the call may have taken effect all the same.
    public var effect: Effect
    /// A stable word for programs and the report, for example `timeout` or `result-schema`.
    public var code: String
    /// What happened and what to do next, in a sentence; bounded and without secrets.
    public var message: String
    /// How long the tool asks to wait before the next attempt.
    public var retryAfter: Duration?
    /// What the tool or its process said beside, bounded, for the report.
    public var remarks: [String]

    public init(
        _ kind: Kind,
        code: String,
        _ message: String,
        effect: Effect = .none,
        retryAfter: Duration? = nil,
        remarks: [String] = []
    ) {
        self.kind = kind
        self.effect = effect
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
        self.remarks = remarks
    }
}

extension ToolFailure: CustomStringConvertible {
    public var description: String { message }
}
