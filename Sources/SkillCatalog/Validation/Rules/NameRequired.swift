/// The front matter has a `name` that is not empty.
struct NameRequired: SkillRule {
    static let code = DiagnosticCode.missingName

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let header = skill.header, skill.name == nil else { return [] }
        let message = "`name` is missing; give the name of the folder"
        return [diagnostic(message, in: skill, field: header["name"])]
    }
}
