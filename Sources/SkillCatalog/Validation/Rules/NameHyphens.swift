/// The name neither begins nor ends with a hyphen, and has no two hyphens in a row.
struct NameHyphens: SkillRule {
    static let code = DiagnosticCode.nameHyphens

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let name = skill.name else { return [] }
        let field = skill.header?["name"]
        var found: [Diagnostic] = []
        if name.hasPrefix("-") || name.hasSuffix("-") {
            found.append(diagnostic("the name \"\(name)\" begins or ends with a hyphen", in: skill, field: field))
        }
        if name.contains("--") {
            found.append(diagnostic("the name \"\(name)\" has two hyphens in a row", in: skill, field: field))
        }
        return found
    }
}
