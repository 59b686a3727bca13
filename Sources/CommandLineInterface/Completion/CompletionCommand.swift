/// The shells that scripts can be made for.
package enum CompletionShell: String, Sendable, CaseIterable, CommandLineValue {
    case bash, zsh
}

/// Prints the script that teaches a shell to complete the program's command lines.
struct CompletionCommand: CommandDefinition {
    let name = "completion"
    let summary = "Print a script that completes commands in a shell."
    let examples: [CommandExample]

    let shell = Argument<CompletionShell>("SHELL", "The shell.")

    init(programName: String) {
        examples = [
            CommandExample("For bash, put this line into ~/.bashrc", "source <(\(programName) completion bash)"),
            CommandExample("For zsh, put it into ~/.zshrc, after compinit", "source <(\(programName) completion zsh)"),
        ]
    }

    var parameters: [any ParameterDeclaration] { [shell] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        try context.console.write(context.program.completionScript(for: values[shell]))
        return .done
    }
}

extension Program {
    /// A script that completes subcommands, options, choices, files and folders; load it with `source`.
    package func completionScript(for shell: CompletionShell) -> String {
        switch shell {
        case .bash: bashCompletion
        case .zsh: zshCompletion
        }
    }
}
