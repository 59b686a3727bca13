package import JSONSchema

/// A value that is one of a few texts.
package protocol Choice: MessageValue, CaseIterable, RawRepresentable where RawValue == String {}

extension Choice {
    package init(json: JSONValue) throws(MalformedValue) {
        guard let text = json.stringValue else {
            throw MalformedValue(problem: "must be a string, not \(json.typeName)")
        }
        guard let choice = Self(rawValue: text) else {
            throw MalformedValue(problem: "must be one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = choice
    }

    package var json: JSONValue { .string(rawValue) }
}
