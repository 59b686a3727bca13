package import SkillCatalog

/// Whether a call is made, put before a person, or not made.
package struct ApprovalPolicy: Sendable, Hashable {
    package var mode: ApprovalMode
    package var rules: ApprovalRules

    package init(mode: ApprovalMode, rules: ApprovalRules = ApprovalRules()) {
        self.mode = mode
        self.rules = rules
    }

    /// A rule counts more than the mode; without a rule only calls that may destroy something, or that show what is private
    /// to others, need an approval.
    ///
    /// - Parameter isFlagged: the plan says that this call needs consent.
    package func verdict(
        on tool: Tool,
        named qualifiedName: String,
        isFlagged: Bool = false
    ) -> ApprovalRules.Verdict {
        if let verdict = rules.verdict(on: qualifiedName) { return verdict }
        guard tool.annotations.isDestructive || isFlagged else { return .allow }
        return switch mode {
        case .ask: .ask
        case .auto: .allow
        case .deny: .deny
        }
    }
}
