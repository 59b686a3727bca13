import JSONSchema
import PlanComposition

/// The steps of a plan by position: which wait for which, and which use whose results.
package struct RunGraph: Sendable, Hashable {
    package let positions: [String: Int]
    /// Steps each one waits for.
    package let dependencies: [[Int]]
    /// Steps that wait for each one.
    package let dependants: [[Int]]
    /// Steps whose results each one uses; it reaches them, though perhaps through others.
    package let sources: [[Int]]

    /// - Parameter plan: valid; references to steps that are not there are passed over.
    init(_ plan: Plan) {
        let positions = Dictionary(
            plan.steps.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let dependencies = plan.steps.map { step in step.dependsOn.compactMap { positions[$0] } }
        var dependants: [[Int]] = Array(repeating: [], count: plan.steps.count)
        for (position, list) in dependencies.enumerated() {
            for dependency in list { dependants[dependency].append(position) }
        }
        self.positions = positions
        self.dependencies = dependencies
        self.dependants = dependants
        sources = plan.steps.map { step in Set(step.usedSteps.compactMap { positions[$0] }).sorted() }
    }
}

extension PlanStep {
    /// Everything in the step that may refer to results.
    private var referringValues: [JSONValue] {
        var values = (arguments ?? [:]).map(\.value)
        if let forEach { values.append(forEach.list) }
        if let condition { values += [condition.left] + (condition.right.map { [$0] } ?? []) }
        return values
    }

    /// References to results in the step's arguments, list and condition.
    var references: [OutputReference] {
        referringValues.flatMap(OutputReference.all).compactMap { reading in
            if case .reference(let reference) = reading { reference } else { nil }
        }
    }

    /// Ids of the steps whose results this one uses.
    var usedSteps: [String] { references.map(\.step) }
}
