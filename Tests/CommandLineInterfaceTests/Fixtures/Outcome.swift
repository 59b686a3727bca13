import CommandLineInterface

/// What a run of the command line left behind.
struct Outcome: Sendable, Equatable {
    let code: ExitCode
    let output: String
    let talk: String

    /// Runs a command line against sinks in memory.
    static func of(
        _ words: [String],
        program: Program = Pantry.program,
        outputColumns: Int? = nil,
        talkColumns: Int? = nil,
        environment: [String: String] = ["TERM": "xterm"]
    ) async -> Outcome {
        let output = MemorySink(terminalColumns: outputColumns)
        let talk = MemorySink(terminalColumns: talkColumns)
        let environment = Environment(environment)
        let console = Console(output: output, talk: talk, environment: environment)
        let code = await CommandRunner(program).run(words, console: console, environment: environment)
        return Outcome(code: code, output: output.text, talk: talk.text)
    }
}

/// A program whose only command, `go`, does this.
func program(
    running work: @escaping @Sendable (CommandContext) async throws -> ExitCode
) -> Program {
    Program("tiny", version: "0.1.0", "Do one thing.", [GoCommand(work: work)])
}

private struct GoCommand: CommandDefinition {
    let name = "go"
    let summary = "Do it."
    let work: @Sendable (CommandContext) async throws -> ExitCode

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        try await work(context)
    }
}
