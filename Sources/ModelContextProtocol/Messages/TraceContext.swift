package import JSONSchema

/// What joins the work on both sides of a call to one trace (W3C Trace Context), passed on as it came.
package struct TraceContext: Sendable, Hashable {
    /// `traceparent`, `tracestate` and `baggage`, as far as they are there.
    package var values: [String: String]

    package init(values: [String: String] = [:]) { self.values = values }

    /// Reads what a `_meta` object holds; a value that is no text, too long, or that would leave its header line is left out.
    package init(meta: JSONObject) {
        values = [:]
        for name in MetaKey.traceNames {
            guard let text = meta[name]?.stringValue, text.utf8.count <= 8 << 10,
                text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
            else { continue }
            values[name] = text
        }
    }

    package func write(into meta: inout JSONObject) {
        for name in MetaKey.traceNames {
            if let value = values[name] { meta[name] = .string(value) }
        }
    }
}
