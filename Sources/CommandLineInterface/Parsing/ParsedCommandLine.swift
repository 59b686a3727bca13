/// What a command line asks for.
package enum ParsedCommandLine: Sendable {
    case run(any CommandDefinition, ParsedValues, at: CommandPath)
    case help(CommandPath)
    case version
}
