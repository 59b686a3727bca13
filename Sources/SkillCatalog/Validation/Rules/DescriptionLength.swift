/// The description has at most 1,024 characters.
struct DescriptionLength: SkillRule {
    static let code = DiagnosticCode.descriptionTooLong

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        let field = skill.header?["description"]
        guard let length = field?.value.text?.unicodeScalars.count, length > SkillLimits.description else { return [] }
        let message = "the description has \(length) characters; \(SkillLimits.description) are allowed"
        return [diagnostic(message, in: skill, field: field)]
    }
}
