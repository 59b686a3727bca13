/// One thing that a well-made skill folder keeps to.
///
/// Each rule stands in a file of its own, and its doc comment is what an author reads. To add one: write it, add its
/// code to `DiagnosticCode`, and put it into `SkillValidator.rules`.
protocol SkillRule: Sendable {
    /// The word in the diagnostics of this rule.
    static var code: DiagnosticCode { get }

    /// What breaks the rule; empty where nothing does, or where there is nothing to judge.
    static func check(_ skill: ValidationSubject) -> [Diagnostic]
}

extension SkillRule {
    /// A diagnostic of this rule about a field of the front matter, or about its first line where there is no field.
    static func diagnostic(
        _ message: String,
        severity: Diagnostic.Severity = .error,
        in skill: ValidationSubject,
        field: YAMLNode.Member? = nil
    ) -> Diagnostic {
        Diagnostic(severity, code, message, file: skill.document?.path, line: field?.line ?? skill.header?.line)
    }

    /// A diagnostic of this rule about an entry of the tools file.
    static func diagnostic(
        _ entry: ToolEntry,
        _ message: String,
        severity: Diagnostic.Severity = .error,
        in skill: ValidationSubject
    ) -> Diagnostic {
        Diagnostic(severity, code, "\(entry.label) \(message)", file: skill.tools?.path)
    }
}
