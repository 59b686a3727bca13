/// Writes what happens, one line each, with the trace it belongs to.
package struct Logger: Sendable {
    /// Takes one line without its line feed; must not wait long.
    package typealias Sink = @Sendable (String) -> Void

    package let level: LogLevel
    private let format: LogFormat
    private let clock: TelemetryClock
    private let secrets: SecretRegistry
    private let sink: Sink

    package init(
        level: LogLevel = .info,
        format: LogFormat = .text,
        clock: TelemetryClock = .system,
        secrets: SecretRegistry = SecretRegistry(),
        sink: @escaping Sink = StandardErrorLines.write
    ) {
        self.level = level
        self.format = format
        self.clock = clock
        self.secrets = secrets
        self.sink = sink
    }

    package func log(
        _ level: LogLevel,
        _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> Attributes = [:]
    ) {
        guard level >= self.level else { return }
        let redactor = secrets.redactor
        let context = Span.current.context
        let line = LogLine(
            time: clock.wall(),
            level: level,
            message: redactor.redacted(message()),
            fields: redactor.redacted(fields()),
            traceID: context?.traceID,
            spanID: context?.spanID
        )
        sink(line.written(format))
    }
}
