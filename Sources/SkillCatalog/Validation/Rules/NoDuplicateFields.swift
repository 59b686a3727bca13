/// No field is written twice.
///
/// Clients differ in which of the two they take.
struct NoDuplicateFields: SkillRule {
    static let code = DiagnosticCode.duplicateField

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        (skill.header?.duplicates ?? []).map { duplicate in
            let message = "`\(duplicate.name)` is written twice, first on line \(duplicate.firstLine)"
            return Diagnostic(.error, code, message, file: skill.document?.path, line: duplicate.line)
        }
    }
}
