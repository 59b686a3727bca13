package import JSONSchema

extension String: MessageValue {
    package init(json: JSONValue) throws(MalformedValue) {
        guard let text = json.stringValue else {
            throw MalformedValue(problem: "must be a string, not \(json.typeName)")
        }
        self = text
    }

    package var json: JSONValue { .string(self) }
}

extension Bool {
    var json: JSONValue { .bool(self) }
}

extension Int {
    var json: JSONValue { .integer(Int64(self)) }
}

extension Double {
    /// Whole numbers are written without a fraction, and what is no number as null: JSON has no word for it.
    var json: JSONValue {
        guard isFinite else { return .null }
        if magnitude <= 0x1p53, let whole = Int64(exactly: self) { return .integer(whole) }
        return .number(self)
    }
}

extension JSONObject {
    var json: JSONValue { .object(self) }
}

extension Array where Element: MessageValue {
    var json: JSONValue { .array(map(\.json)) }
}
