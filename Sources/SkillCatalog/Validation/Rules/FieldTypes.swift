/// Optional fields have values of the kind that the format asks for.
///
/// `license` and `compatibility` are texts that are not empty; `metadata` is a mapping from names to texts;
/// `allowed-tools` is one text with names separated by spaces. A list in `allowed-tools` is a warning, because many
/// clients take it.
struct FieldTypes: SkillRule {
    static let code = DiagnosticCode.invalidField

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let header = skill.header else { return [] }
        let texts = ["license", "compatibility"].compactMap { header[$0] }
            .filter { $0.value.text?.trimmed.isEmpty ?? true }
            .map { field in
                let message = "`\(field.name)` must be a text; leave the field out where it says nothing"
                return diagnostic(message, in: skill, field: field)
            }
        return texts + metadata(skill) + allowedTools(skill)
    }

    private static func metadata(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let field = skill.header?["metadata"] else { return [] }
        guard let members = field.value.members else {
            return [diagnostic("`metadata` must be a mapping from names to texts", in: skill, field: field)]
        }
        return members.filter { $0.value.text == nil }.map { member in
            diagnostic("`metadata.\(member.name)` must be a text; put it in quotes", in: skill, field: member)
        }
    }

    private static func allowedTools(_ skill: ValidationSubject) -> [Diagnostic] {
        guard let field = skill.header?["allowed-tools"], field.value.text == nil else { return [] }
        let message = "`allowed-tools` must be one text with names separated by spaces"
        let isListOfNames = field.value.elements?.allSatisfy { $0.text != nil } ?? false
        return [diagnostic(message, severity: isListOfNames ? .warning : .error, in: skill, field: field)]
    }
}
