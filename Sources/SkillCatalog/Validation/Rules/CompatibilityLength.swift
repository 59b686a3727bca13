/// The `compatibility` text, where there is one, has at most 500 characters.
struct CompatibilityLength: SkillRule {
    static let code = DiagnosticCode.compatibilityTooLong

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        let field = skill.header?["compatibility"]
        guard let length = field?.value.text?.unicodeScalars.count, length > SkillLimits.compatibility else {
            return []
        }
        let message = "`compatibility` has \(length) characters; \(SkillLimits.compatibility) are allowed"
        return [diagnostic(message, in: skill, field: field)]
    }
}
