/// The front matter has no fields but those of the format: `name`, `description`, `license`, `compatibility`,
/// `metadata` and `allowed-tools`.
///
/// Everything else belongs under `metadata`.
struct KnownFieldsOnly: SkillRule {
    static let code = DiagnosticCode.unknownField

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        (skill.header?.fields ?? []).filter { !SkillHeader.knownFields.contains($0.name) }.map { field in
            let known = SkillHeader.knownFields.joined(separator: ", ")
            let message = "the field `\(field.name)` is not known (known: \(known)); put it under `metadata`"
            return diagnostic(message, in: skill, field: field)
        }
    }
}
