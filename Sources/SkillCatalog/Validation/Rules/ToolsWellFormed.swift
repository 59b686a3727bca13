/// Every tool is an object with a `name`, and with schemas and annotations of the right kind.
///
/// The arguments are described by `parameters`, `input_schema` or `inputSchema`: a JSON Schema of type `object`. The
/// result may be described by `output_schema` or `outputSchema`. `annotations` holds the hints `readOnlyHint`,
/// `destructiveHint`, `idempotentHint` and `openWorldHint`, each true or false.
struct ToolsWellFormed: SkillRule {
    static let code = DiagnosticCode.invalidTool

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        (skill.tools?.entries ?? []).flatMap { entry in
            entry.problems.map { diagnostic(entry, $0, in: skill) }
        }
    }
}
