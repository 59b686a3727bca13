/// A place inside a JSON value, as RFC 6901 writes it: `/steps/0/name`.
public struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// Member names and element numbers, from the outside in.
    public var tokens: [String]

    /// The value itself, or a place inside it.
    public init(tokens: [String] = []) { self.tokens = tokens }

    /// Reads a pointer; nil when the text is neither empty nor starts with `/`.
    public init?(_ text: String) {
        guard !text.isEmpty else {
            tokens = []
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        tokens = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(Self.unescaped)
    }

    public var description: String { tokens.map { "/" + Self.escaped($0) }.joined() }

    /// A place one step further in.
    public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens: tokens + [token]) }

    static func escaped(_ token: String) -> String {
        guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
        return token.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    private static func unescaped(_ token: Substring) -> String {
        guard token.utf8.contains(UInt8(ascii: "~")) else { return String(token) }
        return String(token).replacing("~1", with: "/").replacing("~0", with: "~")
    }
}

extension JSONValue {
    /// The value at a place inside this one; nil where there is none.
    public subscript(pointer: JSONPointer) -> JSONValue? {
        pointer.tokens.reduce(self) { value, token in value?.child(token) }
    }

    /// The member or element of that name or number.
    func child(_ token: String) -> JSONValue? {
        switch self {
        case .object(let members): return members[token]
        case .array(let elements):
            guard let index = Int(token), elements.indices.contains(index), "\(index)" == token else { return nil }
            return elements[index]
        default: return nil
        }
    }
}
