package import JSONSchema

/// The messages of OTLP 1 as its JSON encoding wants them: names of members, hexadecimal ids, 64-bit numbers as strings,
/// enumerations as numbers. Written from the protocol's definition, not from what is sent here.
package enum OTLPShape {
    private indirect enum Form: Sendable {
        case text, flag, number, count32, decimal64, signed64, hexadecimal(Int), choice(ClosedRange<Int>)
        case message(String), list(Form)
    }

    private static let messages: [String: [String: Form]] = [
        "ExportTraceServiceRequest": ["resourceSpans": .list(.message("ResourceSpans"))],
        "ResourceSpans": [
            "resource": .message("Resource"), "scopeSpans": .list(.message("ScopeSpans")), "schemaUrl": .text,
        ],
        "ScopeSpans": ["scope": .message("Scope"), "spans": .list(.message("Span")), "schemaUrl": .text],
        "Resource": ["attributes": .list(.message("KeyValue")), "droppedAttributesCount": .count32],
        "Scope": ["name": .text, "version": .text, "attributes": .list(.message("KeyValue"))],
        "Span": [
            "traceId": .hexadecimal(32), "spanId": .hexadecimal(16), "traceState": .text,
            "parentSpanId": .hexadecimal(16), "flags": .count32, "name": .text, "kind": .choice(0...5),
            "startTimeUnixNano": .decimal64, "endTimeUnixNano": .decimal64,
            "attributes": .list(.message("KeyValue")), "droppedAttributesCount": .count32,
            "events": .list(.message("Event")), "droppedEventsCount": .count32, "links": .list(.message("Link")),
            "droppedLinksCount": .count32, "status": .message("Status"),
        ],
        "Event": [
            "timeUnixNano": .decimal64, "name": .text, "attributes": .list(.message("KeyValue")),
            "droppedAttributesCount": .count32,
        ],
        "Link": [
            "traceId": .hexadecimal(32), "spanId": .hexadecimal(16), "traceState": .text, "flags": .count32,
            "attributes": .list(.message("KeyValue")), "droppedAttributesCount": .count32,
        ],
        "Status": ["message": .text, "code": .choice(0...2)],
        "KeyValue": ["key": .text, "value": .message("AnyValue")],
        "AnyValue": [
            "stringValue": .text, "boolValue": .flag, "intValue": .signed64, "doubleValue": .number,
            "arrayValue": .message("ArrayValue"),
        ],
        "ArrayValue": ["values": .list(.message("AnyValue"))],
        "ExportMetricsServiceRequest": ["resourceMetrics": .list(.message("ResourceMetrics"))],
        "ResourceMetrics": [
            "resource": .message("Resource"), "scopeMetrics": .list(.message("ScopeMetrics")), "schemaUrl": .text,
        ],
        "ScopeMetrics": ["scope": .message("Scope"), "metrics": .list(.message("Metric")), "schemaUrl": .text],
        "Metric": [
            "name": .text, "description": .text, "unit": .text, "gauge": .message("Gauge"), "sum": .message("Sum"),
            "histogram": .message("Histogram"),
        ],
        "Gauge": ["dataPoints": .list(.message("NumberDataPoint"))],
        "Sum": [
            "dataPoints": .list(.message("NumberDataPoint")), "aggregationTemporality": .choice(1...2),
            "isMonotonic": .flag,
        ],
        "Histogram": [
            "dataPoints": .list(.message("HistogramDataPoint")), "aggregationTemporality": .choice(1...2),
        ],
        "NumberDataPoint": [
            "attributes": .list(.message("KeyValue")), "startTimeUnixNano": .decimal64, "timeUnixNano": .decimal64,
            "asDouble": .number, "asInt": .signed64, "flags": .count32,
        ],
        "HistogramDataPoint": [
            "attributes": .list(.message("KeyValue")), "startTimeUnixNano": .decimal64, "timeUnixNano": .decimal64,
            "count": .decimal64, "sum": .number, "bucketCounts": .list(.decimal64), "explicitBounds": .list(.number),
            "min": .number, "max": .number, "flags": .count32,
        ],
    ]

    /// Members that must be there.
    private static let required: [String: [String]] = [
        "Span": ["traceId", "spanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano"],
        "Link": ["traceId", "spanId"], "KeyValue": ["key", "value"], "Metric": ["name"],
        "NumberDataPoint": ["timeUnixNano"], "HistogramDataPoint": ["timeUnixNano", "count", "bucketCounts"],
    ]

    package static func problems(_ value: JSONValue, as message: String, at place: String = "") -> [String] {
        guard let object = value.objectValue, let forms = messages[message] else {
            return ["\(place): no object for \(message)"]
        }
        var found: [String] = []
        for (name, member) in object {
            guard let form = forms[name] else {
                found.append("\(place).\(name): \(message) has no such member")
                continue
            }
            found += problems(member, as: form, at: "\(place).\(name)")
        }
        for name in required[message] ?? [] where object[name] == nil { found.append("\(place): no \(name)") }
        if message == "AnyValue", object.count > 1 { found.append("\(place): more than one value") }
        if message == "Resource" || message == "Span" || message == "NumberDataPoint" || message == "HistogramDataPoint"
        {
            let keys = (object["attributes"]?.arrayValue ?? []).compactMap { $0["key"]?.stringValue }
            if Set(keys).count != keys.count { found.append("\(place): a key twice") }
        }
        if message == "HistogramDataPoint" {
            let counts = (object["bucketCounts"]?.arrayValue ?? []).compactMap { $0.stringValue.flatMap { UInt64($0) } }
            let bounds = (object["explicitBounds"]?.arrayValue ?? []).compactMap(\.doubleValue)
            if counts.count != bounds.count + 1 { found.append("\(place): buckets do not fit the bounds") }
            if bounds != bounds.sorted() { found.append("\(place): bounds in no order") }
            if String(counts.reduce(0, +)) != object["count"]?.stringValue { found.append("\(place): a wrong count") }
        }
        return found
    }

    private static func problems(_ value: JSONValue, as form: Form, at place: String) -> [String] {
        func check(_ isRight: Bool) -> [String] { isRight ? [] : ["\(place): \(value.serialized().prefix(40))"] }
        switch form {
        case .text: return check(value.stringValue != nil)
        case .flag: return check(value.boolValue != nil)
        case .number:
            return check(value.doubleValue != nil || ["NaN", "Infinity", "-Infinity"].contains(value.stringValue))
        case .count32: return check(value.intValue.map { (0...Int(UInt32.max)).contains($0) } ?? false)
        case .decimal64: return check(value.stringValue.flatMap { UInt64($0) } != nil)
        case .signed64: return check(value.stringValue.flatMap { Int64($0) } != nil)
        case .hexadecimal(let count):
            let isHexadecimal = value.stringValue.map { text in
                text.utf8.count == count && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
                    && text.contains { $0 != "0" }
            }
            return check(isHexadecimal ?? false)
        case .choice(let range):
            if case .integer(let number) = value { return check(range.contains(Int(number))) }
            return check(false)
        case .message(let name): return problems(value, as: name, at: place)
        case .list(let element):
            guard let elements = value.arrayValue else { return check(false) }
            return elements.enumerated().flatMap { problems($1, as: element, at: "\(place)[\($0)]") }
        }
    }
}
