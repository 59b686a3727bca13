/// The name has at most 64 characters.
struct NameLength: SkillRule {
    static let code = DiagnosticCode.nameTooLong

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let name = skill.name else { return [] }
        let length = SkillNameCharacters.count(name)
        guard length > SkillLimits.name else { return [] }
        let message = "the name has \(length) characters; \(SkillLimits.name) are allowed"
        return [diagnostic(message, in: skill, field: skill.header?["name"])]
    }
}
