/// A switch that is on or off: `--explain`, or `--rerank` and `--no-rerank` where it is negatable.
package struct Flag: CommandParameter {
    package typealias Value = Bool

    package let specification: ParameterSpecification

    /// Declares a switch; `default` is its state when it is not given.
    package init(
        _ name: String,
        short: Character? = nil,
        isNegatable: Bool = false,
        default initial: Bool = false,
        _ help: String
    ) {
        specification = ParameterSpecification(
            kind: .flag(isNegatable: isNegatable),
            name: name,
            short: short,
            valueName: "",
            help: help,
            isRequired: false,
            defaultText: isNegatable ? (initial ? "on" : "off") : nil,
            constraint: nil,
            completion: .nothing,
            read: { words throws(ParameterFault) in words.last.map { $0 == Flag.on } ?? initial }
        )
    }

    /// The words the parser hands over for `--name` and `--no-name`.
    static let on = "on"
    static let off = "off"
}
