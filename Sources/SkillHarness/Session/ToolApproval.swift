public import PlanExecution
import SkillCatalog

/// Who says yes to the calls of a session: the same policy as in a run, and whoever can be asked.
public struct ToolApproval: Sendable {
    /// Is shown the exact call; true lets it happen.
    public typealias Asking = @Sendable (RunQuestion) async -> Bool

    package let policy: ApprovalPolicy
    private let ask: Asking?

    /// - Parameter ask: nil where nobody can be asked; the answer is no then.
    package init(_ policy: ApprovalPolicy, asking ask: Asking? = nil) {
        self.policy = policy
        self.ask = ask
    }

    /// A person decides about every call that may destroy something.
    public init(asking ask: @escaping Asking) { self.init(ApprovalPolicy(mode: .ask), asking: ask) }

    /// Every call is made.
    public static let automatic = ToolApproval(ApprovalPolicy(mode: .auto))
    /// No destructive call is made.
    public static let denied = ToolApproval(ApprovalPolicy(mode: .deny))

    /// Why a call is not made, for the model that asked for it; nil where it may be made.
    func refusal(of call: ToolCall) async -> ToolFailure? {
        let name = call.qualifiedName
        switch policy.verdict(on: call.tool, named: name) {
        case .allow: return nil
        case .deny:
            let message = "\(name) may not be called here (approval: deny); do without it, or tell the user"
            return ToolFailure(.policy, code: "denied", message)
        case .ask:
            guard let ask else {
                let message = "\(name) needs an approval and nobody can be asked; do without it, or tell the user"
                return ToolFailure(.policy, code: "not-approved", message)
            }
            guard await ask(.approval(of: name, call.arguments, flag: nil)) else {
                let message = "\(name) was not approved; ask the user before trying again"
                return ToolFailure(.policy, code: "not-approved", message)
            }
            return nil
        }
    }
}
