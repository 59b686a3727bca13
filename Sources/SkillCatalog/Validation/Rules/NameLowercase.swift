/// The name has no capital letters, in any script.
struct NameLowercase: SkillRule {
    static let code = DiagnosticCode.nameNotLowercase

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let name = skill.name, name != name.lowercased() else { return [] }
        let message = "the name \"\(name)\" has capital letters; write \"\(name.lowercased())\""
        return [diagnostic(message, in: skill, field: skill.header?["name"])]
    }
}
