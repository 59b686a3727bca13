extension JSONValue {
    /// How JSON text is laid out.
    public enum Layout: Sendable {
        /// One line, no spaces.
        case compact
        /// Two spaces a level, one member a line.
        case indented
    }

    /// This value as JSON text; members keep their order, non-finite numbers become null.
    public func serialized(_ layout: Layout = .compact) -> String {
        var writer = JSONWriter(layout: layout)
        writer.write(self, level: 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

private struct JSONWriter {
    let layout: JSONValue.Layout
    var bytes: [UInt8] = []

    mutating func write(_ value: JSONValue, level: Int) {
        switch value {
        case .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .integer(let value): put(String(value))
        case .number(let value): put(value.isFinite ? shortest(value) : "null")
        case .string(let value): quote(value)
        case .array(let elements):
            list(elements, open: "[", close: "]", level: level) { writer, element in
                writer.write(element, level: level + 1)
            }
        case .object(let members):
            list(members, open: "{", close: "}", level: level) { writer, member in
                writer.quote(member.key)
                writer.put(writer.layout == .compact ? ":" : ": ")
                writer.write(member.value, level: level + 1)
            }
        }
    }

    private mutating func list<Element>(
        _ elements: some Sequence<Element>,
        open: String,
        close: String,
        level: Int,
        write: (inout JSONWriter, Element) -> Void
    ) {
        put(open)
        var isFirst = true
        for element in elements {
            if !isFirst { put(",") }
            isFirst = false
            newLine(level + 1)
            write(&self, element)
        }
        if !isFirst { newLine(level) }
        put(close)
    }

    private mutating func newLine(_ level: Int) {
        guard layout == .indented else { return }
        put("\n")
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
    }

    /// Whole doubles keep their fraction sign, so that a number stays a number when it is read again.
    private func shortest(_ value: Double) -> String { "\(value)" }

    private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): put("\\\"")
            case UInt8(ascii: "\\"): put("\\\\")
            case 0x0A: put("\\n")
            case 0x0D: put("\\r")
            case 0x09: put("\\t")
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                put("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
