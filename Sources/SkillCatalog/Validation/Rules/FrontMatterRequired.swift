/// `SKILL.md` begins with front matter: YAML between two lines of three hyphens, the first of them on line 1.
///
/// The plain form without front matter is read by this product, and by few others.
struct FrontMatterRequired: SkillRule {
    static let code = DiagnosticCode.missingFrontMatter

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let document = skill.document else { return [] }
        guard let header = document.header else {
            let message =
                "it has no front matter; begin with `---`, `name:`, `description:` and `---` on lines of their own"
            return [Diagnostic(.error, code, message, file: document.path, line: 1)]
        }
        guard header.line > 2 else { return [] }
        return [Diagnostic(.error, code, "the front matter must begin on line 1", file: document.path, line: 1)]
    }
}
