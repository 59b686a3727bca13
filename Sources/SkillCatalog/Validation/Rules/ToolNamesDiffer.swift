/// No two tools of a skill have the same name.
struct ToolNamesDiffer: SkillRule {
    static let code = DiagnosticCode.duplicateTool

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        var places: [String: Int] = [:]
        return skill.namedTools.compactMap { entry, tool in
            guard let first = places[tool.name] else {
                places[tool.name] = entry.position
                return nil
            }
            return diagnostic(entry, "has the name of tool \(first); rename one of them", in: skill)
        }
    }
}
