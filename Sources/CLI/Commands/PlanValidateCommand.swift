import CommandLineInterface
import JSONSchema
import PlanComposition
import SkillRouting
import SkillWeaver

/// `skillweaver plan validate FILE`
struct PlanValidateCommand: CommandDefinition {
    let name = "validate"
    let summary = "Check a plan file: its shape, its references, its tools and their arguments."
    let discussion = """
        Says of each fault where it is, as a JSON Pointer into the file. Exits with 1 when the plan cannot run; warnings and \
        open questions alone exit with 0.
        """
    let examples = [
        CommandExample("Check a plan you have edited", "skillweaver plan validate plan.json --library mine")
    ]

    let file = Argument<String>("FILE", as: .file, "A plan, as 'route --out' writes it.")

    var parameters: [any ParameterDeclaration] { [file, GlobalOptions.library, GlobalOptions.store] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let document: PlanDocument
        do {
            document = try PlanFiles.read(values[file])
        } catch let error as PlanSyntaxError {
            let fault = Finding(place: error.place, code: "syntax", isError: true, message: error.description)
            try report([fault], questions: 0, in: context)
            return .failed
        }
        let library = try await RouterResources.catalog(values.libraryReference, options: context.routerOptions(values))
        let skills = try await PlanFiles.skills(of: document.plan, from: library)
        let faults = PlanValidator(skills: skills).validate(document.plan)
        let findings =
            document.unknownMembers.map { member in
                Finding(place: member.place, code: "unknown-member", isError: false, message: member.description)
            }
            + faults.map { fault in
                Finding(
                    place: fault.place(in: document.plan),
                    code: fault.code,
                    isError: fault.severity == .error,
                    message: fault.description
                )
            }
        try report(findings, questions: document.plan.questions.count, in: context)
        return findings.contains(where: \.isError) ? .failed : .done
    }

    private struct Finding {
        var place: String
        var code: String
        var isError: Bool
        var message: String

        var severity: String { isError ? "error" : "warning" }

        var json: JSONValue {
            [
                "place": .string(place), "code": .string(code), "severity": .string(severity),
                "message": .string(message),
            ]
        }
    }

    private func report(_ findings: [Finding], questions: Int, in context: CommandContext) throws {
        let errors = findings.count(where: \.isError)
        if context.wantsJSON {
            return try context.console.writeJSON([
                "valid": .bool(errors == 0),
                "faults": .array(findings.map(\.json)),
                "questions": JSONValue(questions),
            ])
        }
        for finding in findings {
            let place = finding.place.isEmpty ? "" : finding.place + ": "
            try context.console.writeLine("\(finding.severity): \(place)\(finding.message)".printable)
        }
        let asked = questions == 0 ? "" : ", \(questions == 1 ? "1 question" : "\(questions) questions") to answer"
        try context.console.writeLine("\(errors) errors, \(findings.count - errors) warnings\(asked)")
    }
}
