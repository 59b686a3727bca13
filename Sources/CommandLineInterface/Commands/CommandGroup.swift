/// A name that only holds other commands: `skills` in `skills list`.
package struct CommandGroup: CommandTree {
    private let name: String
    private let summary: String
    private let discussion: String
    private let shared: [any ParameterDeclaration]
    private let subcommands: [any CommandTree]

    /// Declares a group; its `shared` parameters are understood by every command below, before and after its name.
    package init(
        _ name: String,
        _ summary: String,
        discussion: String = "",
        shared: [any ParameterDeclaration] = [],
        _ subcommands: [any CommandTree]
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.shared = shared
        self.subcommands = subcommands
    }

    package var command: Command {
        Command(
            name: name,
            summary: summary,
            discussion: discussion,
            shared: shared.flatMap(\.specifications),
            subcommands: subcommands.map(\.command)
        )
    }
}
