/// The name has only letters, digits and hyphens.
///
/// Letters of every script count, as in the reference validator of the format: `мой-навык` is a valid name.
struct NameCharacters: SkillRule {
    static let code = DiagnosticCode.invalidName

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let name = skill.name, let wrong = SkillNameCharacters.firstInvalid(name) else { return [] }
        let shown = wrong == " " ? "a space" : "\"\(wrong)\""
        let message = "the name \"\(name)\" has \(shown); only letters, digits and hyphens are allowed"
        return [diagnostic(message, in: skill, field: skill.header?["name"])]
    }
}
