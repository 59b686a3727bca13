package import JSONSchema

/// A typed reference to what an earlier step returned, written in a plan as `{"$from": "s1", "path": "/file"}`.
package struct OutputReference: Sendable, Hashable {
    /// Id of the step whose result is meant.
    package var step: String
    /// JSON Pointer into that result; empty for all of it.
    package var path: String

    package init(step: String, path: String) {
        self.step = step
        self.path = path
    }

    /// The JSON form.
    package var json: JSONValue { ["$from": .string(step), "path": .string(path)] }

    /// What a JSON value says when it is looked at as a reference.
    package enum Reading: Sendable, Hashable {
        /// An ordinary value.
        case literal
        case reference(OutputReference)
        /// It has a `$from` but is no reference; the text says why.
        case malformed(String)
    }

    /// Reads one value; members of arrays and objects are looked at by the caller.
    package static func read(_ value: JSONValue) -> Reading {
        guard let members = value.objectValue, let from = members["$from"] else { return .literal }
        guard let step = from.stringValue else { return .malformed("$from must be the id of a step") }
        let path = members["path"] ?? ""
        guard let pointer = path.stringValue, pointer.isEmpty || pointer.hasPrefix("/") else {
            return .malformed("path must be a JSON Pointer such as /file")
        }
        if let stranger = members.keys.first(where: { $0 != "$from" && $0 != "path" }) {
            return .malformed("a reference has no member \(stranger)")
        }
        return .reference(OutputReference(step: step, path: pointer))
    }

    /// All references inside an argument, however deep.
    package static func all(in value: JSONValue) -> [Reading] {
        switch read(value) {
        case .literal:
            switch value {
            case .array(let elements): elements.flatMap(all)
            case .object(let members): members.flatMap { all(in: $0.value) }
            default: []
            }
        case let found: [found]
        }
    }
}
