import Synchronization

/// The metrics of a program.
///
/// Recording takes one lock of the registry to find the metric, and one of the metric; no value waits for a reader.
package final class MetricRegistry: Sendable {
    /// Most series a metric has unless told otherwise, as OpenTelemetry's SDKs have it.
    package static let usualSeriesLimit = 2_000
    /// Most metrics.
    static let maximumMetrics = 1_000

    private let seriesLimit: Int
    private let start: UInt64
    private let instruments = Mutex<[String: MetricInstrument]>([:])
    private let observers = Mutex<[@Sendable (MetricRegistry) -> Void]>([])

    package init(seriesLimit: Int = usualSeriesLimit, clock: TelemetryClock = .system) {
        self.seriesLimit = seriesLimit
        start = clock.wall()
    }

    /// Counts up, or down where the metric goes both ways; sets a gauge; notes a value of a histogram.
    package func record(_ definition: MetricDefinition, _ value: Double, _ attributes: Attributes = [:]) {
        instrument(definition)?.record(value, attributes)
    }

    /// Calls `look` before each reading, for values that are looked up rather than counted.
    package func observe(_ look: @escaping @Sendable (MetricRegistry) -> Void) {
        observers.withLock { $0.append(look) }
    }

    /// All metrics that have values, by name.
    package func snapshot(_ redactor: TelemetryRedactor = TelemetryRedactor()) -> [MetricSnapshot] {
        for look in observers.withLock({ $0 }) { look(self) }
        return instruments.withLock { Array($0.values) }.sorted { $0.definition.name < $1.definition.name }
            .map { $0.snapshot(redactor) }.filter { !$0.points.isEmpty }
    }

    /// The metric of that name; nil where another of the name is kept in another way, or there are too many.
    private func instrument(_ definition: MetricDefinition) -> MetricInstrument? {
        instruments.withLock { instruments in
            if let known = instruments[definition.name] { return known.definition == definition ? known : nil }
            guard instruments.count < Self.maximumMetrics else { return nil }
            let made = MetricInstrument(definition, start: start, limit: seriesLimit)
            instruments[definition.name] = made
            return made
        }
    }
}
