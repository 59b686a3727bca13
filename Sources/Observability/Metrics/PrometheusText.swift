/// Metrics as Prometheus reads them: the text format, version 0.0.4.
///
/// Names are OpenTelemetry's with underscores, their unit, and `_total` for counters, as its compatibility document says.
package struct PrometheusText: Sendable {
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    package private(set) var text = ""
    private var names: Set<String> = []

    /// - Parameter resource: what is said about the program; shown as `target_info`.
    package init(_ metrics: [MetricSnapshot], resource: Attributes = [:]) {
        if !resource.isEmpty {
            begin("target_info", type: "gauge", unit: nil, summary: "What is known about the program.")
            sample("target_info", resource, nil, 1)
        }
        for metric in metrics { write(metric) }
    }

    private mutating func write(_ metric: MetricSnapshot) {
        let definition = metric.definition
        let unit = Self.unit(definition.unit, of: definition.kind)
        let base = Self.name(definition.name, unit: unit)
        let name = definition.kind == .counter ? base + "_total" : base
        guard names.insert(name).inserted else { return }
        begin(name, type: Self.type(definition.kind), unit: unit, summary: definition.summary)
        for point in metric.points {
            switch (definition.kind, point.value) {
            case (.histogram(let bounds), .histogram(let value)):
                var count: UInt64 = 0
                for (index, bound) in bounds.enumerated() {
                    count += value.buckets[index]
                    sample(name + "_bucket", point.attributes, Self.number(bound), Double(count))
                }
                sample(name + "_bucket", point.attributes, "+Inf", Double(value.count))
                sample(name + "_sum", point.attributes, nil, value.sum)
                sample(name + "_count", point.attributes, nil, Double(value.count))
            case (_, .number(let value)): sample(name, point.attributes, nil, value)
            default: break
            }
        }
    }

    private mutating func begin(_ name: String, type: String, unit: String?, summary: String) {
        text += "# HELP \(name) \(Self.escaped(summary, quotes: false))\n# TYPE \(name) \(type)\n"
        if let unit { text += "# UNIT \(name) \(unit)\n" }
    }

    private mutating func sample(_ name: String, _ attributes: Attributes, _ bound: String?, _ value: Double) {
        var labels: [(name: String, value: String)] = []
        for item in attributes.items {
            let label = Self.labelName(item.key.name)
            let value = Self.escaped(item.value.description, quotes: true)
            // Names that become the same are one label, as the compatibility document says.
            if let index = labels.firstIndex(where: { $0.name == label }) {
                labels[index].value += ";" + value
            } else {
                labels.append((label, value))
            }
        }
        if let bound { labels.append(("le", bound)) }
        text += name
        if !labels.isEmpty { text += "{" + labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",") + "}" }
        text += " \(Self.number(value))\n"
    }

    // MARK: - Words

    private static func type(_ kind: MetricDefinition.Kind) -> String {
        switch kind {
        case .counter: "counter"
        case .upDownCounter, .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    private static func unit(_ unit: String, of kind: MetricDefinition.Kind) -> String? {
        switch unit {
        case "s": "seconds"
        case "ms": "milliseconds"
        case "By": "bytes"
        case "1": kind == .gauge ? "ratio" : nil
        default: nil
        }
    }

    private static func name(_ name: String, unit: String?) -> String {
        let legal = identifier(name, allowsColon: true)
        guard let unit, !legal.hasSuffix("_" + unit) else { return legal }
        return legal + "_" + unit
    }

    private static func labelName(_ name: String) -> String { identifier(name, allowsColon: false) }

    /// `[a-zA-Z_][a-zA-Z0-9_]*`, with an underscore in place of anything else.
    private static func identifier(_ name: String, allowsColon: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                bytes.append(byte)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if bytes.isEmpty { bytes.append(UInt8(ascii: "_")) }
                bytes.append(byte)
            case UInt8(ascii: ":") where allowsColon: bytes.append(byte)
            default: if bytes.last != UInt8(ascii: "_") { bytes.append(UInt8(ascii: "_")) }
            }
        }
        return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += "\\\\".utf8
            case UInt8(ascii: "\n"): bytes += "\\n".utf8
            case UInt8(ascii: "\""): bytes += (quotes ? "\\\"" : "\"").utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return "\(value)"
    }
}
