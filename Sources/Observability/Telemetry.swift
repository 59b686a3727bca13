package import HTTPTransport

/// What a program says about its work: traces, metrics and logs, and where they go.
///
/// Bound to a task (`Telemetry.$current.withValue`), it is there for everything that task does, unstructured tasks
/// included that it starts. Where nothing is bound, nothing is recorded, and asking costs a look at the task.
package final class Telemetry: Sendable {
    @TaskLocal package static var current = Telemetry.off

    /// Records nothing.
    package static let off = Telemetry(tracer: nil, metrics: nil, logger: nil)

    /// Nil where no spans are recorded.
    package let tracer: Tracer?
    /// Nil where no metrics are kept.
    package let metrics: MetricRegistry?
    /// Nil where no logs are written.
    package let logger: Logger?
    /// What must not be seen in any of them.
    package let secrets: SecretRegistry
    /// What is said about the program.
    package let resource: Attributes
    private let clock: TelemetryClock
    private let exporter: TelemetryExporter?

    /// Of parts that are made already; for programs with a destination of their own, and for tests.
    package init(
        tracer: Tracer?,
        metrics: MetricRegistry?,
        logger: Logger?,
        secrets: SecretRegistry = SecretRegistry(),
        resource: Attributes = [:],
        clock: TelemetryClock = .system
    ) {
        self.tracer = tracer
        self.metrics = metrics
        self.logger = logger
        self.secrets = secrets
        self.resource = resource
        self.clock = clock
        exporter = nil
    }

    /// As configured; begins to send at once.
    ///
    /// - Parameters:
    ///   - keepsMetrics: whether metrics are kept although they are not sent, for `/metrics`.
    ///   - logger: made with the secrets of this telemetry; nil for none.
    ///   - report: told what goes wrong with sending; the log by default.
    package init(
        _ configuration: TelemetryConfiguration,
        keepsMetrics: Bool = false,
        clock: TelemetryClock = .system,
        client: (any HTTPClient)? = nil,
        logger: ((SecretRegistry) -> Logger)? = nil,
        report: (@Sendable (String) -> Void)? = nil
    ) {
        let secrets = SecretRegistry()
        for target in [configuration.traces, configuration.metrics] {
            secrets.add(target?.headers.fields.map(\.value) ?? [])
        }
        let log = logger?(secrets)
        let registry = MetricRegistry(clock: clock)
        let sends = configuration.exports
        let exporter =
            sends
            ? TelemetryExporter(
                configuration,
                metrics: registry,
                secrets: secrets,
                clock: clock,
                client: client,
                report: report ?? { log?.log(.warning, $0) }
            ) : nil
        self.exporter = exporter
        tracer =
            configuration.traces != nil && !configuration.isDisabled
            ? Tracer(sampler: configuration.sampler, limits: configuration.spanLimits, clock: clock) {
                exporter?.take($0)
            } : nil
        metrics = keepsMetrics || (sends && configuration.metrics != nil) ? registry : nil
        self.logger = log
        self.secrets = secrets
        self.clock = clock
        resource = configuration.resource
    }

    /// Sends what waits and ends, within that time; nothing is recorded for sending afterwards.
    package func shutDown(within time: Duration = .seconds(2)) async { await exporter?.stop(within: time) }

    /// How many spans wait to be sent, and how many were dropped.
    package var backlog: (waiting: Int, dropped: Int) { exporter?.backlog ?? (0, 0) }

    /// The metrics as Prometheus reads them; nil where none are kept.
    package var prometheusText: String? {
        guard let metrics else { return nil }
        let redactor = secrets.redactor
        return PrometheusText(metrics.snapshot(redactor), resource: redactor.redacted(resource)).text
    }
}

// MARK: - Recording from anywhere

extension Telemetry {
    /// Counts up, sets or notes a value of a metric of the task's telemetry.
    package static func record(
        _ metric: MetricDefinition,
        _ value: @autoclosure () -> Double = 1,
        _ attributes: @autoclosure () -> Attributes = [:]
    ) {
        guard let metrics = current.metrics else { return }
        metrics.record(metric, value(), attributes())
    }

    /// Writes a line of the task's log.
    package static func log(
        _ level: LogLevel,
        _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> Attributes = [:]
    ) {
        guard let logger = current.logger, level >= logger.level else { return }
        logger.log(level, message(), fields())
    }

    /// Whether this is telemetry of somebody's, and not the one that is there where nobody has any.
    package var isBound: Bool { self !== Telemetry.off }

    /// Whether spans or metrics are kept at all.
    package var isRecording: Bool { tracer != nil || metrics != nil }

    /// Begins to measure a time; nil, without a look at a clock, where nothing is kept.
    package func beginTiming() -> OperationTimer? {
        guard isRecording else { return nil }
        return OperationTimer(clock: clock, begun: clock.monotonic())
    }
}

/// The time since something began.
package struct OperationTimer: Sendable {
    fileprivate let clock: TelemetryClock
    fileprivate let begun: UInt64

    package var seconds: Double { Double(clock.monotonic() &- begun) / 1e9 }
}
