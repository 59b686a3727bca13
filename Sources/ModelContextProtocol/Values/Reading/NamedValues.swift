package import JSONSchema

/// Values of one kind under names, in the order they were written: an object of which every member is alike.
///
/// Two are equal when their members are, whatever the order.
package struct NamedValues<Value: MessageValue>: MessageValue {
    package private(set) var names: [String] = []
    /// By the bytes of the names: texts of Swift compare by what they look like, names of JSON by their code points.
    private var values: [[UInt8]: Value] = [:]

    package init() {}

    package init(json: JSONValue) throws(MalformedValue) {
        guard case .object(let object) = json else {
            throw MalformedValue(problem: "must be an object, not \(json.typeName)")
        }
        for (name, member) in object {
            do { self[name] = try Value(json: member) } catch { throw error.within(name) }
        }
    }

    package var isEmpty: Bool { names.isEmpty }
    package var count: Int { names.count }

    /// The value of that name; setting nil removes it.
    package subscript(name: String) -> Value? {
        get { values[Array(name.utf8)] }
        set {
            if let newValue {
                if values.updateValue(newValue, forKey: Array(name.utf8)) == nil { names.append(name) }
            } else if values.removeValue(forKey: Array(name.utf8)) != nil {
                names.removeAll { $0.utf8.elementsEqual(name.utf8) }
            }
        }
    }

    package var json: JSONValue { .object(JSONObject(map { ($0.name, $0.value.json) })) }

    package static func == (left: NamedValues, right: NamedValues) -> Bool { left.values == right.values }
    package func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

extension NamedValues: Sequence {
    package func makeIterator() -> AnyIterator<(name: String, value: Value)> {
        var remaining = names.makeIterator()
        return AnyIterator {
            guard let name = remaining.next(), let value = values[Array(name.utf8)] else { return nil }
            return (name, value)
        }
    }
}

extension NamedValues: ExpressibleByDictionaryLiteral {
    /// Of two values with one name the later wins.
    package init(dictionaryLiteral elements: (String, Value)...) {
        for (name, value) in elements { self[name] = value }
    }
}
