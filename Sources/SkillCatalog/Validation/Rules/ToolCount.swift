/// A skill has at most 8 tools; a warning.
///
/// Loading a skill shows all of its tools, and models choose badly among many. Split the skill by what it is used for.
struct ToolCount: SkillRule {
    static let code = DiagnosticCode.tooManyTools

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let tools = skill.tools, tools.entries.count > SkillLimits.tools else { return [] }
        let message =
            "the skill has \(tools.entries.count) tools; at most \(SkillLimits.tools) are recommended, split it"
        return [Diagnostic(.warning, code, message, file: tools.path)]
    }
}
