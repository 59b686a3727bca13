/// The front matter has a `description` that is not empty.
///
/// It says what the skill does and when to use it: all that a router or a model sees before it chooses.
struct DescriptionRequired: SkillRule {
    static let code = DiagnosticCode.missingDescription

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let header = skill.header else { return [] }
        let field = header["description"]
        guard field?.value.text?.trimmed.isEmpty ?? true else { return [] }
        let message = "`description` is missing; say what the skill does and when to use it"
        return [diagnostic(message, in: skill, field: field)]
    }
}
