package import SkillCatalog

/// Whether a call is made, put before a person, or not made.
package struct ApprovalPolicy: Sendable, Hashable {
    package var mode: ApprovalMode
    package var rules: ApprovalRules

    package init(mode: ApprovalMode, rules: ApprovalRules = ApprovalRules()) {
        self.mode = mode
        self.rules = rules
    }

    /// A rule counts more than the mode; without a rule only calls that may destroy something need an approval.
    package func verdict(on tool: Tool, named qualifiedName: String) -> ApprovalRules.Verdict {
        if let verdict = rules.verdict(on: qualifiedName) { return verdict }
        guard tool.annotations.isDestructive else { return .allow }
        return switch mode {
        case .ask: .ask
        case .auto: .allow
        case .deny: .deny
        }
    }
}
