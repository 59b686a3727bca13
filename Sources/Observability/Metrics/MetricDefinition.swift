/// What a metric is called and how it is kept.
package struct MetricDefinition: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// A sum that only grows.
        case counter
        /// A sum that goes both ways.
        case upDownCounter
        /// A value of its own each time.
        case gauge
        /// How values are spread, by the upper bounds of buckets in ascending order.
        case histogram([Double])
    }

    /// Dotted, in lower case: `http.server.request.duration`.
    package let name: String
    package let kind: Kind
    /// In UCUM: `s`, `By`, `1`, `{request}`.
    package let unit: String
    package let summary: String
    /// Whether all its values are whole numbers.
    package let isWhole: Bool

    private init(_ name: String, _ kind: Kind, _ unit: String, _ summary: String, isWhole: Bool) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.summary = summary
        self.isWhole = isWhole
    }

    package static func counter(_ name: String, unit: String, _ summary: String) -> MetricDefinition {
        MetricDefinition(name, .counter, unit, summary, isWhole: true)
    }

    package static func upDownCounter(_ name: String, unit: String, _ summary: String) -> MetricDefinition {
        MetricDefinition(name, .upDownCounter, unit, summary, isWhole: true)
    }

    package static func gauge(_ name: String, unit: String, _ summary: String) -> MetricDefinition {
        MetricDefinition(name, .gauge, unit, summary, isWhole: false)
    }

    package static func histogram(
        _ name: String,
        unit: String,
        bounds: [Double],
        _ summary: String
    ) -> MetricDefinition {
        MetricDefinition(name, .histogram(bounds), unit, summary, isWhole: false)
    }
}
