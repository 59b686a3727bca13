/// The values of a command's parameters, read with the declarations themselves as keys: `values[top]`.
package struct ParsedValues: Sendable {
    private var values: [String: any Sendable] = [:]
    private var given: Set<String> = []

    init() {}

    mutating func set(_ value: any Sendable, for parameter: ParameterSpecification, wasGiven: Bool) {
        values[parameter.label] = value
        if wasGiven { given.insert(parameter.label) }
    }

    /// The value of a parameter that the command lists, or that is shared with it.
    ///
    /// Asking for any other parameter is a fault of the program and ends it; `Program.problems` finds it in a test.
    package subscript<Parameter: CommandParameter>(_ parameter: Parameter) -> Parameter.Value {
        let label = parameter.specification.label
        guard let value = values[label] as? Parameter.Value else {
            preconditionFailure("\(label) is read but not among the parameters of this command")
        }
        return value
    }

    /// Whether the user gave a value, even one that equals the default.
    package func wasGiven(_ parameter: some CommandParameter) -> Bool {
        given.contains(parameter.specification.label)
    }
}
