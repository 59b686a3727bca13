import JSONSchema

/// The JSON encoding of OTLP: proto3's, but with ids in hexadecimal and numbers for the values of enumerations.
package enum OTLPText {
    static let scopeName = "skillweaver"

    static func attributes(_ attributes: Attributes) -> JSONValue {
        .array(attributes.items.map { ["key": .string($0.key.name), "value": value($0.value)] })
    }

    static func value(_ value: AttributeValue) -> JSONValue {
        switch value {
        case .string(let text): ["stringValue": .string(text)]
        case .bool(let value): ["boolValue": .bool(value)]
        case .integer(let value): ["intValue": .string(String(value))]
        case .double(let value): ["doubleValue": number(value)]
        case .strings(let texts):
            ["arrayValue": ["values": .array(texts.map { ["stringValue": .string($0)] })]]
        }
    }

    /// A double; proto3's JSON has words for those that are no numbers.
    static func number(_ value: Double) -> JSONValue {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        return .number(value)
    }

    static func resource(_ resource: Attributes) -> JSONValue { ["attributes": attributes(resource)] }

    static func scope(_ version: AttributeValue?) -> JSONValue {
        ["name": .string(scopeName), "version": .string(version?.description ?? "")]
    }
}
