/// A command as data, whatever wrote it: what parsing, help texts and completion scripts work on.
package struct Command: Sendable {
    package let name: String
    package let summary: String
    package let discussion: String
    /// Its own parameters.
    package let parameters: [ParameterSpecification]
    /// Parameters that it and every command below it understand.
    package let shared: [ParameterSpecification]
    package let examples: [CommandExample]
    package let subcommands: [Command]
    /// What runs; nil for a group, which only holds other commands.
    package let definition: (any CommandDefinition)?

    package init(
        name: String,
        summary: String,
        discussion: String = "",
        parameters: [ParameterSpecification] = [],
        shared: [ParameterSpecification] = [],
        examples: [CommandExample] = [],
        subcommands: [Command] = [],
        definition: (any CommandDefinition)? = nil
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.parameters = parameters
        self.shared = shared
        self.examples = examples
        self.subcommands = subcommands
        self.definition = definition
    }

    package var arguments: [ParameterSpecification] { parameters.filter(\.isArgument) }
    package var options: [ParameterSpecification] { parameters.filter { !$0.isArgument } }
}

/// Anything that can stand in a tree of commands: a definition, or a group of them.
package protocol CommandTree: Sendable {
    var command: Command { get }
}
