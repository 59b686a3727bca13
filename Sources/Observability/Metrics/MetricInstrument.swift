import Synchronization

/// Keeps the series of one metric.
final class MetricInstrument: Sendable {
    private struct Series {
        var values: [Attributes: MetricValue] = [:]
        var overflow: MetricValue?
    }

    let definition: MetricDefinition
    private let start: UInt64
    private let limit: Int
    private let series = Mutex(Series())

    /// - Parameter limit: most series; what has other attributes is counted together (`otel.metric.overflow`).
    init(_ definition: MetricDefinition, start: UInt64, limit: Int) {
        self.definition = definition
        self.start = start
        self.limit = limit
    }

    func record(_ value: Double, _ attributes: Attributes) {
        series.withLock { series in
            if let index = series.values.index(forKey: attributes) {
                apply(value, to: &series.values.values[index])
            } else if series.values.count < limit {
                var fresh = empty
                apply(value, to: &fresh)
                series.values[attributes] = fresh
            } else {
                var overflow = series.overflow ?? empty
                apply(value, to: &overflow)
                series.overflow = overflow
            }
        }
    }

    private var empty: MetricValue {
        if case .histogram(let bounds) = definition.kind {
            .histogram(HistogramValue(bounds: bounds.count))
        } else {
            .number(0)
        }
    }

    private func apply(_ amount: Double, to value: inout MetricValue) {
        switch (definition.kind, value) {
        case (.histogram(let bounds), .histogram(var histogram)):
            // The value must not be held twice while it changes, or its buckets are copied.
            value = .number(0)
            histogram.record(amount, bounds: bounds)
            value = .histogram(histogram)
        case (.counter, .number(let sum)) where amount.isFinite && amount >= 0: value = .number(sum + amount)
        case (.upDownCounter, .number(let sum)) where amount.isFinite: value = .number(sum + amount)
        case (.gauge, .number): value = .number(amount)
        default: break
        }
    }

    /// The series as they are now, in the order of their attributes, with secrets hidden; those that hiding makes the
    /// same are one.
    func snapshot(_ redactor: TelemetryRedactor) -> MetricSnapshot {
        let now = series.withLock { $0 }
        var merged: [Attributes: MetricValue] = [:]
        for (attributes, value) in now.values {
            let shown = redactor.redacted(attributes)
            if merged[shown]?.add(value, replaces: definition.kind == .gauge) == nil { merged[shown] = value }
        }
        var points = merged.map { MetricPoint(attributes: $0.key, start: start, value: $0.value) }
        points.sort { $0.attributes.sortKey < $1.attributes.sortKey }
        if let overflow = now.overflow {
            points.append(MetricPoint(attributes: [.metricOverflow: true], start: start, value: overflow))
        }
        return MetricSnapshot(definition: definition, points: points)
    }
}

extension Attributes {
    fileprivate var sortKey: String { items.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{1}") }
}
