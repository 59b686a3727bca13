/// `schema.json`, where there is one, is a list of tools.
struct ToolsFileIsList: SkillRule {
    static let code = DiagnosticCode.invalidToolsFile

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let tools = skill.tools, !tools.isList else { return [] }
        return [Diagnostic(.error, code, "it must be a list of tools, `[{\"name\": …}]`", file: tools.path)]
    }
}
