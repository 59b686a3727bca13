/// A path with places for values, such as `/v1/runs/{run}/events`.
struct PathTemplate: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    private enum Part: Sendable, Hashable {
        case literal(String)
        case value(String)
    }

    let description: String
    private let parts: [Part]

    init(stringLiteral text: String) {
        description = text
        parts = text.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .value(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
    }

    /// Names of the values, in order.
    var names: [String] {
        parts.compactMap { part in if case .value(let name) = part { name } else { nil } }
    }

    /// The values of a path of this form; nil for another path.
    ///
    /// - Parameter path: its parts, decoded.
    func values(in path: [String]) -> [String: String]? {
        guard path.count == parts.count else { return nil }
        var values: [String: String] = [:]
        for (part, text) in zip(parts, path) {
            switch part {
            case .literal(let literal): guard literal == text else { return nil }
            case .value(let name): values[name] = text
            }
        }
        return values
    }

    /// How many parts are fixed: of two forms that fit, the one with more of them is meant.
    var literalCount: Int { parts.count - names.count }
}
