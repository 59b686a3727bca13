/// A command line that cannot be run as it is written: what is wrong, and at which command.
package struct UsageError: Error, Sendable {
    package enum Reason: Sendable {
        case unknownCommand(String)
        case unknownOption(String)
        /// An option of a command was given, and then one of its subcommands, which does not share it.
        case misplacedOption(ParameterSpecification, below: CommandPath)
        /// A group was called without saying which of its commands.
        case missingCommand
        /// An option stands at the end, or before `next`, which is an option itself.
        case missingValue(ParameterSpecification, next: String?)
        case unexpectedValue(option: String)
        case unexpectedArgument(String)
        case fault(ParameterFault, of: ParameterSpecification)
        case contradiction(String, String)
    }

    package let reason: Reason
    package let path: CommandPath

    init(_ reason: Reason, at path: CommandPath) {
        self.reason = reason
        self.path = path
    }
}
