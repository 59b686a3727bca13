/// The document has fewer than 500 lines; a warning.
///
/// All of it is loaded when the skill is used. Details belong into files of their own, under `references/`.
struct DocumentLength: SkillRule {
    static let code = DiagnosticCode.longDocument

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let document = skill.document else { return [] }
        let lines = TextLines(document.body).reduce(0) { count, _ in count + 1 }
        guard lines >= SkillLimits.documentLines else { return [] }
        let message =
            "the document has \(lines) lines; fewer than \(SkillLimits.documentLines) are recommended, "
            + "move details to references/"
        return [Diagnostic(.warning, code, message, file: document.path, line: document.bodyLine)]
    }
}
