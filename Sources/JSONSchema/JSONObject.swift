/// The members of a JSON object in the order they were written.
public struct JSONObject: Sendable {
    /// Member names, in order.
    public private(set) var keys: [String] = []
    private var values: [MemberName: JSONValue] = [:]

    /// An empty object.
    public init() {}

    /// An object with these members; of two with one name the later wins, in the place of the first.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        for (key, value) in members { self[key] = value }
    }

    public var count: Int { keys.count }
    public var isEmpty: Bool { keys.isEmpty }

    /// The value of a member; setting nil removes it.
    public subscript(key: String) -> JSONValue? {
        get { values[MemberName(text: key)] }
        set {
            let name = MemberName(text: key)
            if let newValue {
                if values.updateValue(newValue, forKey: name) == nil { keys.append(key) }
            } else if values.removeValue(forKey: name) != nil {
                keys.removeAll { MemberName(text: $0) == name }
            }
        }
    }
}

/// A name as JSON compares names: by its code points. Texts of Swift compare by what they look like, so that two members
/// of a document, `é` as one code point and as two, would become one.
private struct MemberName: Hashable, Sendable {
    let text: String

    static func == (left: MemberName, right: MemberName) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension JSONObject: Sequence {
    public func makeIterator() -> AnyIterator<(key: String, value: JSONValue)> {
        var remaining = keys.makeIterator()
        return AnyIterator {
            guard let key = remaining.next(), let value = values[MemberName(text: key)] else { return nil }
            return (key, value)
        }
    }
}

extension JSONObject: Hashable {
    /// Two objects are equal when their members are, whatever the order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool { left.values == right.values }
    public func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
