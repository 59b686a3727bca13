/// Explains the program or one of its commands, and writes the whole reference for the documentation.
struct HelpCommand: CommandDefinition {
    let name = "help"
    let summary = "Explain a command."

    let words: Argument<[String]>
    let markdown = Flag("markdown", "Write the reference of all commands as Markdown.")
    let manual = Flag("man", "Write a manual page: of the program with all its commands, or of one command.")
    let examples: [CommandExample]

    init(programName: String, commandNames: [String]) {
        examples = [CommandExample("Read the manual", "\(programName) help --man | man --local-file -")]
        words = Argument("COMMAND", as: .command(among: commandNames), atLeast: 0, "The command, for example 'help'.")
    }

    var parameters: [any ParameterDeclaration] { [words, markdown, manual] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        if values[markdown] {
            try context.console.write(context.program.markdown)
            return .done
        }
        var path = context.program.path
        for word in values[words] {
            guard let next = path.descending([word]) else { throw UsageError(.unknownCommand(word), at: path) }
            path = next
        }
        if values[manual] {
            try context.console.write(context.program.manual(of: path))
            return .done
        }
        try context.console.write(
            HelpPage(of: path).rendered(columns: context.console.columns, style: context.console.style)
        )
        return .done
    }
}

extension ValueFormat<String> {
    /// A word that is completed as the name of a command; whether it is one is found on the way down the tree.
    fileprivate static func command(among names: [String]) -> Self {
        ValueFormat(expectation: "a command", completion: .words(names), read: { $0 }, write: { $0 })
    }
}
