/// One command: what it is called, what it takes, what it does.
///
/// Write it as a struct whose stored properties are its parameters; list them in `parameters`, and read their values
/// with the same properties as keys:
///
///     struct SearchCommand: CommandDefinition {
///         let name = "search"
///         let summary = "Find the skills that fit a text."
///
///         let text = Argument<String>("TEXT", as: .nonBlank, "What to look for.")
///         let top = Option<Int>("top", short: "k", value: "K", as: .integer(in: 1...100), default: 10, "How many.")
///
///         var parameters: [any ParameterDeclaration] { [text, top] }
///
///         func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
///             try context.console.writeLine("\(values[top]) skills for \(values[text])")
///             return .done
///         }
///     }
package protocol CommandDefinition: CommandTree {
    /// The word that calls it: lower-case letters, digits and hyphens.
    var name: String { get }
    /// One sentence for lists of commands.
    var summary: String { get }
    /// Paragraphs below the summary on its own help page, with an empty line between two; may be empty.
    var discussion: String { get }
    /// Its parameters, arguments in the order they are given on the command line.
    var parameters: [any ParameterDeclaration] { get }
    var examples: [CommandExample] { get }
    /// Commands below this one; a command that has them takes no arguments of its own.
    var subcommands: [any CommandTree] { get }

    /// Does the work, and stops with `CancellationError` soon after its task is cancelled.
    ///
    /// Data goes to `context.console`; an error is thrown, not printed.
    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode
}

extension CommandDefinition {
    package var discussion: String { "" }
    package var parameters: [any ParameterDeclaration] { [] }
    package var examples: [CommandExample] { [] }
    package var subcommands: [any CommandTree] { [] }

    package var command: Command {
        Command(
            name: name,
            summary: summary,
            discussion: discussion,
            parameters: parameters.flatMap(\.specifications),
            examples: examples,
            subcommands: subcommands.map(\.command),
            definition: self
        )
    }
}

/// A command line to copy, and what it is for.
package struct CommandExample: Sendable, Hashable {
    package let purpose: String
    /// The whole line, the program's name included.
    package let line: String

    package init(_ purpose: String, _ line: String) {
        self.purpose = purpose
        self.line = line
    }
}
