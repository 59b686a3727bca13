import JSONSchema
package import Observability
import Synchronization

/// Keeps what would be sent, as a collector and a reader of the log would see it: after secrets were hidden.
package final class TelemetryRecording: Sendable {
    private let ended: LockedList<SpanData>
    private let lines: LockedList<String>
    package let telemetry: Telemetry

    /// - Parameter sampler: which traces are kept; all by default.
    package init(sampler: Sampler = Sampler(), clock: TelemetryClock = .system) {
        let secrets = SecretRegistry()
        let (ended, lines) = (LockedList<SpanData>(), LockedList<String>())
        (self.ended, self.lines) = (ended, lines)
        telemetry = Telemetry(
            tracer: Tracer(sampler: sampler, clock: clock) { ended.append($0) },
            metrics: MetricRegistry(clock: clock),
            logger: Logger(level: .trace, format: .json, clock: clock, secrets: secrets) { lines.append($0) },
            secrets: secrets,
            clock: clock
        )
    }

    /// Spans that ended, in the order they did.
    package var spans: [SpanData] {
        let redactor = telemetry.secrets.redactor
        return ended.all.map { redactor.redacted($0, limits: SpanLimits()) }
    }

    package var log: [String] { lines.all }

    package func spans(named name: String) -> [SpanData] { spans.filter { $0.name == name } }

    /// The points of a metric.
    package func points(_ metric: String) -> [MetricPoint] {
        telemetry.metrics?.snapshot(telemetry.secrets.redactor).first { $0.definition.name == metric }?.points ?? []
    }

    /// How much a counter, or how often a histogram, has counted in series with all of these attributes.
    package func count(_ metric: String, where attributes: Attributes = [:]) -> Double {
        points(metric).filter { point in
            attributes.items.allSatisfy { point.attributes[$0.key] == $0.value }
        }.reduce(0) { total, point in
            switch point.value {
            case .number(let value): total + value
            case .histogram(let value): total + Double(value.count)
            }
        }
    }

    /// All of it as it would be written, to look for what must not be there.
    package var everything: String {
        let spans = OTLPText.request(spans, resource: [:]).serialized()
        let metrics = OTLPText.request(
            telemetry.metrics?.snapshot(telemetry.secrets.redactor) ?? [],
            resource: [:],
            time: 0
        ).serialized()
        return [spans, metrics, telemetry.prometheusText ?? "", log.joined(separator: "\n")].joined(separator: "\n")
    }
}

/// A list that several tasks add to.
package final class LockedList<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    package init() {}

    /// - Returns: how many there were before.
    @discardableResult
    package func append(_ element: Element) -> Int {
        elements.withLock { elements in
            elements.append(element)
            return elements.count - 1
        }
    }

    package var all: [Element] { elements.withLock { $0 } }
}
