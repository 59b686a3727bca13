/// A value given by its place: `search TEXT`.
///
/// The type says how many words it takes: `Argument<String>` one, `Argument<String?>` one or none, `Argument<[String]>`
/// every word that is left.
package struct Argument<Value: Sendable>: CommandParameter {
    package let specification: ParameterSpecification
}

extension Argument where Value: CommandLineValue {
    /// Declares an argument that must be given.
    package init(_ name: String, as format: ValueFormat<Value> = Value.format, _ help: String) {
        specification = ParameterSpecification(
            argument: name,
            format: format,
            help: help,
            isRequired: true
        ) { words throws(ParameterFault) in
            guard let word = words.last else { throw .missing }
            return try format.value(of: word)
        }
    }
}

extension Argument {
    /// Declares an argument that is nil when it is not given.
    package init<Element: CommandLineValue>(
        _ name: String,
        as format: ValueFormat<Element> = Element.format,
        _ help: String
    ) where Value == Element? {
        specification = ParameterSpecification(
            argument: name,
            format: format,
            help: help
        ) { words throws(ParameterFault) in
            guard let word = words.last else { return Element?.none }
            return Element?.some(try format.value(of: word))
        }
    }

    /// Declares an argument that takes every word that is left, of which there must be at least `minimum`.
    package init<Element: CommandLineValue>(
        _ name: String,
        as format: ValueFormat<Element> = Element.format,
        atLeast minimum: Int = 1,
        _ help: String
    ) where Value == [Element] {
        specification = ParameterSpecification(
            argument: name,
            format: format,
            help: help,
            isRepeated: true,
            isRequired: minimum > 0
        ) { words throws(ParameterFault) in
            guard words.count >= minimum else { throw .missing }
            return try format.values(of: words)
        }
    }
}

extension ParameterSpecification {
    fileprivate init<Element>(
        argument name: String,
        format: ValueFormat<Element>,
        help: String,
        isRepeated: Bool = false,
        isRequired: Bool = false,
        read: @escaping Reader
    ) {
        self.init(
            kind: .argument(isRepeated: isRepeated),
            name: name,
            short: nil,
            valueName: name,
            help: help,
            isRequired: isRequired,
            defaultText: nil,
            constraint: format.constraint,
            completion: format.completion,
            read: read
        )
    }
}
