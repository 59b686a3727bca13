/// The way from the program to one of its commands: `skillweaver skills list`.
package struct CommandPath: Sendable {
    /// The commands passed, the program first; never empty.
    package let commands: [Command]

    package init(root: Command) { commands = [root] }

    private init(commands: [Command]) { self.commands = commands }

    package var command: Command { commands[commands.count - 1] }

    /// The words of the path with spaces between them.
    package var text: String { commands.map(\.name).joined(separator: " ") }

    package func appending(_ subcommand: Command) -> CommandPath { CommandPath(commands: commands + [subcommand]) }

    /// The path below this one that these names lead to, or nil when a name is unknown.
    package func descending(_ names: some Sequence<String>) -> CommandPath? {
        var path = self
        for name in names {
            guard let next = path.command.subcommands.first(where: { $0.name == name }) else { return nil }
            path = path.appending(next)
        }
        return path
    }

    /// This path and every path below it, each before those below it.
    package var subtree: [CommandPath] {
        [self] + command.subcommands.flatMap { appending($0).subtree }
    }

    /// The paths that lead here, from the program alone to this one.
    package var ancestry: [CommandPath] {
        commands.indices.map { CommandPath(commands: Array(commands[...$0])) }
    }

    /// Parameters understood here because a command on the way shares them, outermost first.
    package var shared: [ParameterSpecification] { commands.flatMap(\.shared) }

    /// Every option and flag understood here, the command's own first.
    package var options: [ParameterSpecification] { command.options + shared }
}
