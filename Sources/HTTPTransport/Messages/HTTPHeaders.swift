/// The header fields of a message, in order; names are compared without regard to case, and may occur several times.
package struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    /// One header field.
    package struct Field: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var fields: [Field] = []

    package init() {}

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field($0, $1) }
    }

    package var isEmpty: Bool { fields.isEmpty }

    /// The first value of that name; setting replaces all values of it, and nil removes them.
    package subscript(name: String) -> String? {
        get { fields.first { Self.areEqual($0.name, name) }?.value }
        set {
            fields.removeAll { Self.areEqual($0.name, name) }
            if let newValue { fields.append(Field(name, newValue)) }
        }
    }

    /// Every value of that name, in order.
    package func values(of name: String) -> [String] {
        fields.filter { Self.areEqual($0.name, name) }.map(\.value)
    }

    /// Adds a value, beside those the name already has.
    package mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name, value))
    }

    /// Adds more to the last value: a line that was folded (RFC 9112, 5.2).
    mutating func continueLast(with text: String) {
        guard let last = fields.popLast() else { return }
        fields.append(Field(last.name, last.value.isEmpty ? text : last.value + " " + text))
    }

    /// Media type of the body in lower case, without its parameters: `text/html`.
    package var mediaType: String? {
        guard let type = self["Content-Type"] else { return nil }
        return String(type.prefix { $0 != ";" }).filter { !$0.isWhitespace }.lowercased()
    }

    static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { lowered($0) == lowered($1) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

extension HTTPHeaders: Hashable {
    package static func == (left: HTTPHeaders, right: HTTPHeaders) -> Bool {
        left.fields.count == right.fields.count
            && zip(left.fields, right.fields).allSatisfy { areEqual($0.name, $1.name) && $0.value == $1.value }
    }

    package func hash(into hasher: inout Hasher) {
        for field in fields { hasher.combine(field.value) }
    }
}
