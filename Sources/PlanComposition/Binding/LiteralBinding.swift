import JSONSchema
import SkillCatalog

/// Binds the values that stand in a step's words to the parameters of its tool.
///
/// Conservative: a value is bound where its kind and the words around it leave one parameter, and a parameter takes one
/// value. What is unclear stays open and becomes a question.
struct LiteralBinding {
    /// The arguments bound, by parameter name.
    private(set) var arguments: [String: JSONValue] = [:]

    private let parameters: [IOPort]
    private let values: [SpokenValue]
    private var usedValues: Set<Int> = []

    /// - Parameter words: the tokens of the step.
    init(parameters: [IOPort], words: [RequestToken]) {
        self.parameters = parameters
        values = SpokenValue.all(in: words, lists: parameters.contains(where: \.isCollection))
        bindByEvidence()
        bindTheOnlyOnes()
    }

    /// A value of the step that is not bound could be meant for this parameter.
    func mayHoldValue(for parameter: IOPort) -> Bool {
        openValues.contains { values[$0].suits(parameter) }
    }

    private var openParameters: [Int] { parameters.indices.filter { arguments[parameters[$0].name] == nil } }
    private var openValues: [Int] { values.indices.filter { !usedValues.contains($0) } }

    /// The surest pairs first; a pair that another comes close to is left alone.
    private mutating func bindByEvidence() {
        while true {
            var pairs: [(value: Int, parameter: Int, score: Double)] = []
            for value in openValues {
                for parameter in openParameters {
                    let score = values[value].evidence(for: parameters[parameter])
                    if score >= 1 { pairs.append((value, parameter, score)) }
                }
            }
            pairs.sort { ($1.score, $0.value, $0.parameter) < ($0.score, $1.value, $1.parameter) }
            let clear = pairs.first { pair in
                !pairs.contains { other in
                    let competes = (other.value == pair.value) != (other.parameter == pair.parameter)
                    return competes && other.score > pair.score - 0.2
                }
            }
            guard let clear else { return }
            bind(clear.value, to: clear.parameter)
        }
    }

    /// One value of a kind left, and one required parameter that takes that kind and no other value.
    private mutating func bindTheOnlyOnes() {
        for parameter in openParameters where parameters[parameter].isRequired {
            let fitting = openValues.filter { values[$0].suits(parameters[parameter]) }
            guard fitting.count == 1, let value = fitting.first else { continue }
            let rivals = openParameters.filter { values[value].suits(parameters[$0]) }
            if rivals == [parameter] || rivals.filter({ parameters[$0].isRequired }) == [parameter] {
                bind(value, to: parameter)
            }
        }
    }

    private mutating func bind(_ value: Int, to parameter: Int) {
        usedValues.insert(value)
        arguments[parameters[parameter].name] = values[value].json(for: parameters[parameter])
    }
}
