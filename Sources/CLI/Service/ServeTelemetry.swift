import CommandLineInterface
import Observability

/// What a service says of its work, as the command line and the environment ask.
enum ServeTelemetry {
    static let logLevel = Option<LogLevel>(
        "log-level",
        value: "LEVEL",
        default: .info,
        "Which lines of the log are written to standard error; debug has one for each answer."
    )
    static let logFormat = Option<LogFormat>(
        "log-format",
        value: "FORMAT",
        default: .text,
        "How lines of the log are written: for people (text) or for programs (json)."
    )

    /// - Parameter secrets: texts that nothing of it shows.
    static func telemetry(
        _ values: ParsedValues,
        _ context: CommandContext,
        hiding secrets: [String]
    ) -> Telemetry {
        let telemetry = ProgramTelemetry.serving(
            context.environment,
            level: values[logLevel],
            format: values[logFormat]
        )
        telemetry.secrets.add(secrets)
        return telemetry
    }
}

extension LogLevel: CommandLineValue {}
extension LogFormat: CommandLineValue {}
