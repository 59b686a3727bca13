package import JSONSchema

/// Takes the members of an object one after another; what is left at the end is what nobody here knows.
///
/// An optional member that is null counts as absent.
package struct Members {
    package private(set) var rest: JSONObject

    package init(_ json: JSONValue, of type: String) throws(MalformedValue) {
        guard case .object(let object) = json else {
            throw MalformedValue(problem: "\(type) must be an object, not \(json.typeName)")
        }
        rest = object
    }

    /// Any value.
    package mutating func value(_ name: String) -> JSONValue? {
        guard let value = rest[name] else { return nil }
        rest[name] = nil
        return value
    }

    package mutating func string(_ name: String) throws(MalformedValue) -> String {
        try required(name, try optionalString(name))
    }

    package mutating func optionalString(_ name: String) throws(MalformedValue) -> String? {
        try typed(name, "a string") { $0.stringValue }
    }

    package mutating func optionalBool(_ name: String) throws(MalformedValue) -> Bool? {
        try typed(name, "true or false") { $0.boolValue }
    }

    package mutating func optionalInteger(_ name: String) throws(MalformedValue) -> Int? {
        try typed(name, "a whole number") { $0.intValue }
    }

    package mutating func optionalNumber(_ name: String) throws(MalformedValue) -> Double? {
        try typed(name, "a number") { $0.doubleValue }
    }

    package mutating func optionalObject(_ name: String) throws(MalformedValue) -> JSONObject? {
        try typed(name, "an object") { $0.objectValue }
    }

    package mutating func object(_ name: String) throws(MalformedValue) -> JSONObject {
        try required(name, try optionalObject(name))
    }

    package mutating func optionalStrings(_ name: String) throws(MalformedValue) -> [String]? {
        try typed(name, "a list of strings") { value in
            guard let elements = value.arrayValue else { return nil }
            let texts = elements.compactMap(\.stringValue)
            return texts.count == elements.count ? texts : nil
        }
    }

    package mutating func optional<Value: MessageValue>(
        _ name: String,
        _: Value.Type = Value.self
    ) throws(MalformedValue) -> Value? {
        guard let json = value(name), json != .null else { return nil }
        do { return try Value(json: json) } catch { throw error.within(name) }
    }

    package mutating func required<Value: MessageValue>(
        _ name: String,
        _: Value.Type = Value.self
    ) throws(MalformedValue) -> Value {
        try required(name, try optional(name))
    }

    package mutating func list<Value: MessageValue>(
        _ name: String,
        of _: Value.Type = Value.self
    ) throws(MalformedValue) -> [Value] {
        try required(name, try optionalList(name))
    }

    package mutating func optionalList<Value: MessageValue>(
        _ name: String,
        of _: Value.Type = Value.self
    ) throws(MalformedValue) -> [Value]? {
        guard let elements = try typed(name, "a list", { $0.arrayValue }) else { return nil }
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do { values.append(try Value(json: element)) } catch { throw error.within("\(index)").within(name) }
        }
        return values
    }

    private func required<Value>(_ name: String, _ value: Value?) throws(MalformedValue) -> Value {
        guard let value else { throw MalformedValue([name], problem: "is missing") }
        return value
    }

    private mutating func typed<Value>(
        _ name: String,
        _ expected: String,
        _ read: (JSONValue) -> Value?
    ) throws(MalformedValue) -> Value? {
        guard let json = value(name), json != .null else { return nil }
        guard let value = read(json) else {
            throw MalformedValue([name], problem: "must be \(expected), not \(json.typeName)")
        }
        return value
    }
}

extension JSONObject {
    /// Members that are known, then those that were kept; nothing is written for one that is nil.
    package init(_ known: KeyValuePairs<String, JSONValue?>, keeping rest: JSONObject = JSONObject()) {
        self.init()
        for (name, value) in known { self[name] = value }
        for (name, value) in rest { self[name] = value }
    }
}
