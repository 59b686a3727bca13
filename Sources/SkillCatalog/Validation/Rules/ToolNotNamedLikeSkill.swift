/// No tool has the name of its skill.
///
/// Plans and models name both; with one name for two things a call could mean either.
struct ToolNotNamedLikeSkill: SkillRule {
    static let code = DiagnosticCode.toolNamedLikeSkill

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        let name = skill.name ?? skill.folder.lastComponent
        return skill.namedTools.filter { $0.tool.name == name }.map { entry, _ in
            diagnostic(entry, "has the name of its skill; rename it", in: skill)
        }
    }
}
