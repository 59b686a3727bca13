import CommandLineInterface
import JSONSchema
import PlanExecution
import SkillAuthoring
import SkillRouting

/// `skillweaver skills test PATH…`
struct SkillsTestCommand: CommandDefinition {
    let name = "test"
    let summary = "Run skills' own tests, and hold their tools to what they promise."
    let discussion = """
        Looked at are the rules of the format, the schemas, the functions of tools.py (each with the parameters of its \
        schema), the calls in examples.json (a list of {"tool", "arguments", "result"}), and the tests in 'tests', which \
        Python's unittest finds. Everything that runs is confined: it sees the skill, an empty workspace and no network.

        Exits with 1 when a check fails.
        """
    let examples = [CommandExample("Test a skill", "skillweaver skills test ./pdf-forms")]

    let paths = Argument<[String]>("PATH", as: .folder, "A skill's folder.")
    let sandbox = Option<String>(
        "sandbox",
        value: "MODE",
        as: .word(oneOf: SandboxMode.allCases.map(\.rawValue)),
        default: SandboxMode.required.rawValue,
        "required, or off for skills that you trust."
    )
    let timeout = Option<Int>(
        "timeout",
        value: "SECONDS",
        as: .integer(in: 1...86_400),
        default: 300,
        "Longest time for the tests of one skill."
    )

    var parameters: [any ParameterDeclaration] { [paths, sandbox, timeout] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let tester = SkillTester(
            home: options.home.folder,
            sandbox: SandboxMode(rawValue: values[sandbox]) ?? .required,
            patience: .seconds(values[timeout]),
            folders: [options.installation.bundledSkills].compactMap(\.self)
        )
        var reports: [TestReport] = []
        for path in values[paths] {
            try Task.checkCancellation()
            let report = try await tester.test(path)
            reports.append(report)
            if !context.wantsJSON { try show(report, console: context.console) }
        }
        let isPassed = reports.allSatisfy(\.isPassed)
        if context.wantsJSON {
            try context.console.writeJSON(["passed": .bool(isPassed), "skills": .array(reports.map(\.json))])
        }
        return isPassed ? .done : .failed
    }

    private func show(_ report: TestReport, console: Console) throws {
        let word = report.isPassed ? "passed" : "failed"
        let counts =
            "\(report.count(.passed)) passed, \(report.count(.failed)) failed, \(report.count(.skipped)) skipped"
        try console.writeLine(console.style(report.skill.printable, .bold) + " \(word): \(counts)")
        for check in report.checks where check.outcome != .passed {
            try console.writeLine("  \(check.outcome.rawValue) \(check.group): \(check.name)".printable)
            for line in check.detail.split(separator: "\n").suffix(12) {
                try console.writeLine("    " + String(line).printable)
            }
        }
    }
}
