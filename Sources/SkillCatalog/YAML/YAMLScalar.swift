import JSONSchema

/// Decides what a plain scalar stands for, by the core schema of YAML 1.2.
///
/// So `yes`, `on`, `1_000` and `12:30` are texts, unlike in YAML 1.1. Infinity and "not a number" stay texts, because
/// JSON has neither.
enum YAMLScalar {
    static func value(ofPlain text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: return number(text) ?? .string(text)
        }
    }

    /// The value of a scalar with an explicit tag of the core schema; nil when text and tag do not fit.
    static func value(_ text: String, tag: String) -> JSONValue? {
        let plain = value(ofPlain: text)
        switch (tag, plain) {
        case ("tag:yaml.org,2002:str", _), ("!", _): return .string(text)
        case ("tag:yaml.org,2002:null", .null), ("tag:yaml.org,2002:bool", .bool): return plain
        case ("tag:yaml.org,2002:int", .integer), ("tag:yaml.org,2002:float", .number): return plain
        case ("tag:yaml.org,2002:float", .integer(let whole)): return .number(Double(whole))
        default: return nil
        }
    }

    private static func number(_ text: String) -> JSONValue? {
        let bytes = Array(text.utf8)
        if bytes.starts(with: Array("0x".utf8)) { return whole(text.dropFirst(2), radix: 16) }
        if bytes.starts(with: Array("0o".utf8)) { return whole(text.dropFirst(2), radix: 8) }

        var rest = bytes[...]
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let digitsBefore = takeDigits(&rest)
        if rest.isEmpty, digitsBefore > 0 {
            let unsigned = text.utf8.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
            return Int64(unsigned).map(JSONValue.integer) ?? finite(unsigned)
        }
        var digitsAfter = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            digitsAfter = takeDigits(&rest)
        }
        guard digitsBefore + digitsAfter > 0 else { return nil }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            guard takeDigits(&rest) > 0 else { return nil }
        }
        return rest.isEmpty ? finite(text[...]) : nil
    }

    private static func takeDigits(_ bytes: inout ArraySlice<UInt8>) -> Int {
        let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        bytes.removeFirst(digits.count)
        return digits.count
    }

    private static func whole(_ digits: Substring, radix: Int) -> JSONValue? {
        guard let first = digits.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return nil }
        return Int64(digits, radix: radix).map(JSONValue.integer)
    }

    private static func finite(_ text: Substring) -> JSONValue? {
        guard let value = Double(text), value.isFinite else { return nil }
        return .number(value)
    }
}
