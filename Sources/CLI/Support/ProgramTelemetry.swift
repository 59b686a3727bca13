import CommandLineInterface
import Observability

/// The telemetry of the program, as the variables of OpenTelemetry ask for it.
enum ProgramTelemetry {
    /// Longest time the program goes on after a command is done, to send what waits.
    private static let patience = Duration.seconds(2)

    /// Runs a command with its telemetry, which is sent before it returns; without an address to send to there is none.
    static func around(
        environment: Environment = .process,
        _ command: @Sendable () async -> ExitCode
    ) async -> ExitCode {
        let (configuration, warnings) = TelemetryConfiguration.reading { environment[$0] }
        guard configuration.exports || !warnings.isEmpty else { return await command() }
        let telemetry = Telemetry(configuration, logger: { logger(.warning, .text, $0) })
        for warning in warnings { telemetry.logger?.log(.warning, warning) }
        let code = await Telemetry.$current.withValue(telemetry) { await command() }
        await telemetry.shutDown(within: patience)
        return code
    }

    /// The telemetry of a program that serves: metrics are kept whether or not they are sent, and a log is written.
    ///
    /// Bind it with `Telemetry.$current.withValue`, and call `shutDown` at the end.
    static func serving(_ environment: Environment, level: LogLevel, format: LogFormat) -> Telemetry {
        let (configuration, warnings) = TelemetryConfiguration.reading { environment[$0] }
        let telemetry = Telemetry(configuration, keepsMetrics: true, logger: { logger(level, format, $0) })
        for warning in warnings { telemetry.logger?.log(.warning, warning) }
        return telemetry
    }

    private static func logger(_ level: LogLevel, _ format: LogFormat, _ secrets: SecretRegistry) -> Logger {
        Logger(level: level, format: format, secrets: secrets)
    }
}
