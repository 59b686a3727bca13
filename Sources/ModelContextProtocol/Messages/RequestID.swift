package import JSONSchema

/// What tells a request, and the answer to it, from the others of one connection: a text or a whole number.
///
/// Progress tokens and subscription identifiers have the same shape.
package enum RequestID: MessageValue, CustomStringConvertible {
    case integer(Int64)
    case string(String)

    package init(json: JSONValue) throws(MalformedValue) {
        switch json {
        case .integer(let number): self = .integer(number)
        case .string(let text) where text.utf8.count <= Self.maximumBytes: self = .string(text)
        case .string: throw MalformedValue(problem: "is a text of more than \(Self.maximumBytes) bytes")
        // Some programs write every number as a double.
        case .number(let number):
            guard let whole = Int64(exactly: number) else { throw MalformedValue(problem: "must be a whole number") }
            self = .integer(whole)
        default: throw MalformedValue(problem: "must be a text or a whole number, not \(json.typeName)")
        }
    }

    package var json: JSONValue {
        switch self {
        case .integer(let number): .integer(number)
        case .string(let text): .string(text)
        }
    }

    package var description: String {
        switch self {
        case .integer(let number): "\(number)"
        case .string(let text): text
        }
    }

    /// Identifiers are kept while a request lasts, so their size is bounded.
    private static let maximumBytes = 1 << 10
}
