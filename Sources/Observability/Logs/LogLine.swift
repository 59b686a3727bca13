import JSONSchema

/// One line of a log before it is written.
struct LogLine: Sendable {
    /// Most bytes of a line, its line feed apart.
    static let maximumLength = 8 << 10
    /// Most bytes of a message or of one field.
    static let maximumTextLength = 2 << 10

    var time: UInt64
    var level: LogLevel
    var message: String
    var fields: Attributes
    var traceID: TraceID?
    var spanID: SpanID?

    func written(_ format: LogFormat) -> String {
        switch format {
        case .json: json
        case .text: text
        }
    }

    private var json: String {
        var line: JSONObject = JSONObject()
        line["time"] = .string(Timestamp.text(time))
        line["level"] = .string(level.rawValue)
        line["message"] = .string(Self.quotable(message))
        line["trace_id"] = traceID.map { .string($0.description) }
        line["span_id"] = spanID.map { .string($0.description) }
        var size = JSONValue.object(line).serialized().utf8.count
        for item in fields.items {
            // What a line says of itself is not for a field to say.
            let key = line[item.key.name] == nil ? item.key.name : "field." + item.key.name
            let value = Self.json(item.value)
            size += JSONValue.array([.string(key), value]).serialized().utf8.count
            guard size < Self.maximumLength - 24 else {
                line["truncated"] = true
                break
            }
            line[key] = value
        }
        return JSONValue.object(line).serialized()
    }

    private var text: String {
        var line = "\(Timestamp.text(time)) \(level.rawValue.uppercased()) \(Self.shown(message))"
        var more: [(String, String)] = fields.items.map { ($0.key.name, Self.word($0.value)) }
        if let traceID { more.append(("trace_id", traceID.description)) }
        if let spanID { more.append(("span_id", spanID.description)) }
        for (key, value) in more {
            guard line.utf8.count + key.utf8.count + value.utf8.count + 2 < Self.maximumLength - 4 else {
                return line + " …"
            }
            line += " \(key)=\(value)"
        }
        return line
    }

    private static func json(_ value: AttributeValue) -> JSONValue {
        switch value {
        case .string(let text): .string(quotable(text))
        case .bool(let value): .bool(value)
        case .integer(let value): JSONValue(value)
        case .double(let value): .number(value)
        case .strings(let texts): .array(texts.prefix(64).map { .string(quotable($0)) })
        }
    }

    private static func word(_ value: AttributeValue) -> String {
        let text = shown(value.description)
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D && $0 != 0x5C }
        return isPlain ? text : JSONValue.string(text).serialized()
    }

    /// A text that stays on its line and commands no terminal.
    static func shown(_ text: String) -> String { escaped(text.cut(to: maximumTextLength), isUnsafe) }

    /// A text for between the quotes of JSON, which escapes the rest.
    private static func quotable(_ text: String) -> String {
        escaped(text.cut(to: maximumTextLength)) { $0.value >= 0x7F && isUnsafe($0) }
    }

    private static func escaped(_ text: String, _ isUnsafe: (Unicode.Scalar) -> Bool) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case _ where !isUnsafe(scalar): shown.unicodeScalars.append(scalar)
            case "\n": shown += "\\n"
            case "\r": shown += "\\r"
            case "\t": shown += "\\t"
            default: shown += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return shown
    }

    /// Control characters, marks that turn the direction of what is read, and separators of lines.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: true
        default: false
        }
    }
}
