/// The name of something that is said about a span, a measurement or a log line.
package struct AttributeKey: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let name: String

    package init(_ name: String) { self.name = name }

    package init(stringLiteral name: StaticString) { self.name = name.description }

    package static func < (left: AttributeKey, right: AttributeKey) -> Bool { left.name < right.name }

    package var description: String { name }
}
