import CommandLineInterface
import Testing

@Suite("The declaration of a program")
struct ProgramProblemsTests {
    @Test("has no problems when it is in order")
    func none() {
        #expect(Pantry.program.problems == [])
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let commands: [any CommandTree]
        let problem: String
        var testDescription: String { problem }

        init(_ commands: [any CommandTree], _ problem: String) {
            self.commands = commands
            self.problem = problem
        }
    }

    private struct Anything: CommandDefinition {
        var name = "any"
        var summary = "Anything."
        var parameters: [any ParameterDeclaration] = []
        var subcommands: [any CommandTree] = []

        func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode { .done }
    }

    private struct Forgetful: CommandDefinition {
        let name = "forgetful"
        let summary = "Forget a parameter."
        let kept = Flag("kept", "Kept.")
        let lost = Flag("lost", "Lost.")

        var parameters: [any ParameterDeclaration] { [kept] }

        func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode { .done }
    }

    static let faults: [Fault] = [
        .init([Forgetful()], "p forgetful: --lost is not listed in its parameters"),
        .init([Anything(), Anything()], "p: two commands are named any"),
        .init([Anything(name: "Any Thing")], "p Any Thing: a command name is lower-case letters, digits and hyphens"),
        .init([Anything(summary: "")], "p any: the summary is empty"),
        .init([Anything(parameters: [Flag("json", "Again.")])], "p any: two options are named --json"),
        .init([Anything(parameters: [Flag("x", short: "q", "X.")])], "p any: two options are named -q"),
        .init(
            [Anything(parameters: [Flag("a", isNegatable: true, "A."), Flag("no-a", "B.")])],
            "p any: two options are named --no-a"
        ),
        .init([Anything(parameters: [Flag("x", short: "é", "X.")])], "p any: a short option is one ASCII letter: -é"),
        .init([Anything(parameters: [Flag("x", "")])], "p any: --x has no help"),
        .init([Anything(parameters: [Option<Int>("x", value: "", "X.")])], "p any: --x does not say what its value is"),
        .init(
            [Anything(parameters: [Option<String>("x", value: "X", as: .word(oneOf: ["a b"]), "X.")])],
            "p any: --x offers 'a b', which a shell cannot complete"
        ),
        .init(
            [Anything(parameters: [Argument<String>("X", "X.")], subcommands: [Anything(name: "sub")])],
            "p any: a command with subcommands takes no arguments of its own"
        ),
        .init(
            [Anything(parameters: [Argument<[String]>("X", "X."), Argument<String>("Y", "Y.")])],
            "p any: X takes every word, so Y gets none"
        ),
        .init(
            [Anything(parameters: [Argument<String?>("X", "X."), Argument<String>("Y", "Y.")])],
            "p any: Y is required but follows X, which is not"
        ),
        .init([CommandGroup("g", "Group.", [])], "p g: it neither runs nor has subcommands"),
        .init(
            [CommandGroup("g", "Group.", shared: [Argument<String>("X", "X.")], [Anything()])],
            "p g: an argument cannot be shared: X"
        ),
    ]

    @Test("is checked for what would confuse parser, help or shells", arguments: faults)
    func faulty(fault: Fault) {
        #expect(Program("p", version: "1", "A program.", fault.commands).problems.contains(fault.problem))
    }
}
