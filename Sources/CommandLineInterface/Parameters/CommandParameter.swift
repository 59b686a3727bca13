/// Anything a command can list among its parameters: one parameter, or a group of them.
package protocol ParameterDeclaration: Sendable {
    var specifications: [ParameterSpecification] { get }
}

/// A parameter whose value has a type; the key to that value after parsing.
package protocol CommandParameter<Value>: ParameterDeclaration {
    associatedtype Value: Sendable

    var specification: ParameterSpecification { get }
}

extension CommandParameter {
    package var specifications: [ParameterSpecification] { [specification] }
}

/// Parameters that several commands share, declared once and listed in each of them.
package protocol ParameterGroup: ParameterDeclaration {
    /// Heading in help texts; nil lists the group among the command's own options.
    var title: String? { get }
    var parameters: [any ParameterDeclaration] { get }
}

extension ParameterGroup {
    package var title: String? { nil }

    package var specifications: [ParameterSpecification] {
        parameters.flatMap(\.specifications).map { specification in
            var titled = specification
            titled.section = specification.section ?? title
            return titled
        }
    }
}
