/// A named value: `--top 5`, `--top=5`, `-k 5`, `-k5`.
///
/// The type says how often it may be given: `Option<Int>` with a default may be left out, without one it is required;
/// `Option<Int?>` is nil when it is left out; `Option<[Int]>` collects every use in order.
package struct Option<Value: Sendable>: CommandParameter {
    package let specification: ParameterSpecification
}

extension Option where Value: CommandLineValue {
    /// Declares an option that falls back to a default.
    package init(
        _ name: String,
        short: Character? = nil,
        value valueName: String,
        as format: ValueFormat<Value> = Value.format,
        default fallback: Value,
        _ help: String
    ) {
        specification = ParameterSpecification(
            option: name,
            short: short,
            value: valueName,
            format: format,
            help: help,
            defaultText: format.write(fallback)
        ) { words throws(ParameterFault) in
            guard let word = words.last else { return fallback }
            return try format.value(of: word)
        }
    }

    /// Declares an option that must be given.
    package init(
        _ name: String,
        short: Character? = nil,
        value valueName: String,
        as format: ValueFormat<Value> = Value.format,
        _ help: String
    ) {
        specification = ParameterSpecification(
            option: name,
            short: short,
            value: valueName,
            format: format,
            help: help,
            isRequired: true
        ) { words throws(ParameterFault) in
            guard let word = words.last else { throw .missing }
            return try format.value(of: word)
        }
    }
}

extension Option {
    /// Declares an option that is nil when it is not given.
    package init<Element: CommandLineValue>(
        _ name: String,
        short: Character? = nil,
        value valueName: String,
        as format: ValueFormat<Element> = Element.format,
        _ help: String
    ) where Value == Element? {
        specification = ParameterSpecification(
            option: name,
            short: short,
            value: valueName,
            format: format,
            help: help
        ) { words throws(ParameterFault) in
            guard let word = words.last else { return Element?.none }
            return Element?.some(try format.value(of: word))
        }
    }

    /// Declares an option that may be given several times.
    package init<Element: CommandLineValue>(
        _ name: String,
        short: Character? = nil,
        value valueName: String,
        as format: ValueFormat<Element> = Element.format,
        _ help: String
    ) where Value == [Element] {
        specification = ParameterSpecification(
            option: name,
            short: short,
            value: valueName,
            format: format,
            help: help,
            isRepeated: true
        ) { words throws(ParameterFault) in
            try format.values(of: words)
        }
    }
}

extension ParameterSpecification {
    fileprivate init<Element>(
        option name: String,
        short: Character?,
        value valueName: String,
        format: ValueFormat<Element>,
        help: String,
        isRepeated: Bool = false,
        isRequired: Bool = false,
        defaultText: String? = nil,
        read: @escaping Reader
    ) {
        self.init(
            kind: .option(isRepeated: isRepeated),
            name: name,
            short: short,
            valueName: valueName,
            help: help,
            isRequired: isRequired,
            defaultText: defaultText,
            constraint: format.constraint,
            completion: format.completion,
            read: read
        )
    }
}
