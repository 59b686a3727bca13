/// The document refers to no file outside the skill's folder; a warning.
///
/// A skill is copied and shared as one folder; what lies outside is not there afterwards, and may not be read.
struct ReferencesInside: SkillRule {
    static let code = DiagnosticCode.referenceOutside

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let document = skill.document else { return [] }
        return FileReference.all(in: document).filter { !$0.isInside }.map { reference in
            let message = "the document refers to \"\(reference.path)\", outside of the skill's folder"
            return Diagnostic(.warning, code, message, file: document.path, line: reference.line)
        }
    }
}
