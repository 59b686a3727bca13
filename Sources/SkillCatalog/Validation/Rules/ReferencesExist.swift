/// Every file that the document refers to exists in the skill's folder; a warning.
///
/// Looked at are relative links, and mentions of files under `scripts/`, `references/` and `assets/`.
struct ReferencesExist: SkillRule {
    static let code = DiagnosticCode.missingReference

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let document = skill.document else { return [] }
        return FileReference.all(in: document).filter { $0.isInside && !exists($0, in: skill.folder) }.map {
            reference in
            let message = "the document refers to \"\(reference.path)\", which does not exist"
            return Diagnostic(.warning, code, message, file: document.path, line: reference.line)
        }
    }

    private static func exists(_ reference: FileReference, in folder: FilePath) -> Bool {
        (try? FileStatus(of: folder.appending(reference.path).text)) != nil
    }
}
