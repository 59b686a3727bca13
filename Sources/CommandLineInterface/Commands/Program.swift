/// A whole program: the tree of its commands, with the options and commands every program has.
///
/// Built in well under a millisecond for a hundred commands; it holds descriptions, not resources.
package struct Program: Sendable {
    /// The program itself as a command, every command below it.
    package let root: Command
    package let version: String

    /// Declares a program; `options` are understood before and after any subcommand, as the standard ones are.
    package init(
        _ name: String,
        version: String,
        _ summary: String,
        discussion: String = "",
        options: [any ParameterDeclaration] = [],
        examples: [CommandExample] = [],
        _ commands: [any CommandTree]
    ) {
        let commands = commands.map(\.command) + [CompletionCommand(programName: name).command]
        self.version = version
        root = Command(
            name: name,
            summary: summary,
            discussion: discussion,
            shared: (options + StandardOptions.all).flatMap(\.specifications),
            examples: examples,
            subcommands: commands + [HelpCommand(programName: name, commandNames: commands.map(\.name)).command]
        )
    }

    package var path: CommandPath { CommandPath(root: root) }
}
