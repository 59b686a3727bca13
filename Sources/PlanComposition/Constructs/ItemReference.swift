package import JSONSchema

/// A place in the element that a fan-out has at hand, written in a plan as `{"$item": "/url"}`.
package struct ItemReference: Sendable, Hashable {
    /// JSON Pointer into the element; empty for all of it.
    package var path: String

    package init(path: String = "") { self.path = path }

    /// The JSON form.
    package var json: JSONValue { ["$item": .string(path)] }

    /// What a JSON value says when it is looked at as a place in the element.
    package enum Reading: Sendable, Hashable {
        case none
        case item(ItemReference)
        /// It has a `$item` but is none; the text says why.
        case malformed(String)
    }

    /// Reads one value; members of arrays and objects are looked at by the caller.
    package static func read(_ value: JSONValue) -> Reading {
        guard let members = value.objectValue, let path = members["$item"] else { return .none }
        guard let pointer = path.stringValue, pointer.isEmpty || pointer.hasPrefix("/") else {
            return .malformed("$item must be a JSON Pointer such as /url, or empty for the whole element")
        }
        if let stranger = members.keys.first(where: { $0 != "$item" }) {
            return .malformed("a place in the element has no member \(stranger)")
        }
        return .item(ItemReference(path: pointer))
    }

    /// All places inside an argument, however deep.
    package static func all(in value: JSONValue) -> [Reading] {
        switch read(value) {
        case .none:
            switch value {
            case .array(let elements): elements.flatMap(all)
            case .object(let members): members.flatMap { all(in: $0.value) }
            default: []
            }
        case let found: [found]
        }
    }
}
