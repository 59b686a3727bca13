public import PlanExecution
import SkillCatalog

/// Who says yes to calls that may destroy something.
public struct ToolApproval: Sendable {
    private let decide: @Sendable (ToolCall) async -> Bool

    /// - Parameter decide: is shown the exact call; true lets it happen.
    public init(asking decide: @escaping @Sendable (ToolCall) async -> Bool) { self.decide = decide }

    /// Every call is made.
    public static let automatic = ToolApproval { _ in true }
    /// No destructive call is made.
    public static let denied = ToolApproval { _ in false }

    func allows(_ call: ToolCall) async -> Bool {
        call.tool.annotations.isDestructive ? await decide(call) : true
    }
}
