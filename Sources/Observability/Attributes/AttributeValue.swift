/// What is said: one value, or a list of texts.
package enum AttributeValue: Sendable, Hashable {
    case string(String)
    case bool(Bool)
    case integer(Int)
    case double(Double)
    case strings([String])

    /// This value with every text of it changed.
    func mapTexts(_ change: (String) -> String) -> AttributeValue {
        switch self {
        case .string(let text): .string(change(text))
        case .strings(let texts): .strings(texts.map(change))
        case .bool, .integer, .double: self
        }
    }
}

extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .double(value) }
    package init(arrayLiteral elements: String...) { self = .strings(elements) }
}

extension AttributeValue: CustomStringConvertible {
    package var description: String {
        switch self {
        case .string(let text): text
        case .bool(let value): String(value)
        case .integer(let value): String(value)
        case .double(let value): String(value)
        case .strings(let texts): texts.joined(separator: ",")
        }
    }
}
