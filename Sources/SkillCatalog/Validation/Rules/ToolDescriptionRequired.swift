/// Every tool has a description; a warning.
///
/// It is what the tool is found by, and what tells a model when to call it.
struct ToolDescriptionRequired: SkillRule {
    static let code = DiagnosticCode.missingToolDescription

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        skill.namedTools.filter { $0.tool.description.isEmpty }.map { entry, _ in
            diagnostic(entry, "has no description; say what it does", severity: .warning, in: skill)
        }
    }
}
