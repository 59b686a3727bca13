/// The name is the name of the skill's folder.
struct NameMatchesFolder: SkillRule {
    static let code = DiagnosticCode.nameMismatch

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        // Strings compare by canonical equivalence: an accent may be composed in one and not in the other.
        let folder = skill.folder.lastComponent
        guard let name = skill.name, name != folder else { return [] }
        let message = "the name \"\(name)\" differs from its folder \"\(folder)\"; make them equal"
        return [diagnostic(message, in: skill, field: skill.header?["name"])]
    }
}
