package import JSONSchema

extension OTLPText {
    /// `AGGREGATION_TEMPORALITY_CUMULATIVE`.
    private static let cumulative: JSONValue = 2

    /// `ExportMetricsServiceRequest`.
    ///
    /// - Parameter time: nanoseconds since 1970 at which the values were read.
    package static func request(_ metrics: [MetricSnapshot], resource: Attributes, time: UInt64) -> JSONValue {
        [
            "resourceMetrics": [
                [
                    "resource": self.resource(resource),
                    "scopeMetrics": [
                        [
                            "scope": scope(resource["service.version"]),
                            "metrics": .array(metrics.map { metric($0, time: time) }),
                        ]
                    ],
                ]
            ]
        ]
    }

    private static func metric(_ metric: MetricSnapshot, time: UInt64) -> JSONValue {
        let definition = metric.definition
        var object = JSONObject()
        object["name"] = .string(definition.name)
        object["description"] = .string(definition.summary)
        object["unit"] = .string(definition.unit)
        let points = JSONValue.array(metric.points.map { point($0, of: definition, time: time) })
        switch definition.kind {
        case .counter, .upDownCounter:
            object["sum"] = [
                "dataPoints": points, "aggregationTemporality": cumulative,
                "isMonotonic": .bool(definition.kind == .counter),
            ]
        case .gauge: object["gauge"] = ["dataPoints": points]
        case .histogram: object["histogram"] = ["dataPoints": points, "aggregationTemporality": cumulative]
        }
        return .object(object)
    }

    private static func point(_ point: MetricPoint, of definition: MetricDefinition, time: UInt64) -> JSONValue {
        var object = JSONObject()
        object["attributes"] = attributes(point.attributes)
        if definition.kind != .gauge { object["startTimeUnixNano"] = .string(String(point.start)) }
        object["timeUnixNano"] = .string(String(time))
        switch (point.value, definition.kind) {
        case (.histogram(let value), .histogram(let bounds)):
            object["count"] = .string(String(value.count))
            object["sum"] = number(value.sum)
            if value.count > 0 {
                object["min"] = number(value.minimum)
                object["max"] = number(value.maximum)
            }
            object["bucketCounts"] = .array(value.buckets.map { .string(String($0)) })
            object["explicitBounds"] = .array(bounds.map(number))
        case (.number(let value), _):
            if definition.isWhole, let whole = Int64(exactly: value) {
                object["asInt"] = .string(String(whole))
            } else {
                object["asDouble"] = number(value)
            }
        default: break
        }
        return .object(object)
    }
}
