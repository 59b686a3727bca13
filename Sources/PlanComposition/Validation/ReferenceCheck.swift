import JSONSchema
import SkillCatalog

/// Checks what a plan's steps take from each other.
struct ReferenceCheck {
    private let graph: StepGraph
    private let positions: [String: Int]
    private let plan: Plan
    private let tool: (PlanStep) -> Tool?

    init(_ plan: Plan, tool: @escaping (PlanStep) -> Tool?) {
        self.plan = plan
        self.tool = tool
        graph = StepGraph(plan)
        positions = Dictionary(plan.steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func faults(of step: PlanStep) -> [PlanFault] {
        var faults: [PlanFault] = []
        for (name, value) in step.referringValues {
            for reading in OutputReference.all(in: value) {
                switch reading {
                case .literal: continue
                case .malformed(let why): faults.append(.malformedReference(step: step.id, argument: name, why: why))
                case .reference(let reference): faults += self.faults(of: reference, in: step, as: name)
                }
            }
            for reading in ItemReference.all(in: value) {
                switch reading {
                case .none: continue
                case .malformed(let why): faults.append(.malformedReference(step: step.id, argument: name, why: why))
                case .item:
                    if step.forEach == nil || name == PlanStep.listName {
                        faults.append(.itemOutsideFanOut(step: step.id, argument: name))
                    }
                }
            }
        }
        return faults
    }

    private func faults(of reference: OutputReference, in step: PlanStep, as name: String) -> [PlanFault] {
        guard let target = positions[reference.step], let own = positions[step.id] else {
            return [.unknownReference(step: step.id, argument: name, target: reference.step)]
        }
        guard graph.reaches(target, own) else {
            return [.referenceWithoutDependency(step: step.id, argument: name, target: reference.step)]
        }
        var faults: [PlanFault] = []
        switch finding(reference, from: plan.steps[target]) {
        case .unknown: break
        case .notListed:
            faults.append(
                .unknownOutput(step: step.id, argument: name, target: reference.step, path: reference.path)
            )
        case .type(let type):
            let isList =
                type == "array" || name != PlanStep.listName
                || step.forEach.map { OutputReference.read($0.list) } != .reference(reference)
            if !isList {
                faults.append(
                    .fanOutOverNoList(step: step.id, target: reference.step, path: reference.path, type: type)
                )
            }
        }
        return faults
    }

    /// The result of a step that runs for each element of a list is the list of its results.
    private func finding(_ reference: OutputReference, from source: PlanStep) -> ResultSchema.Finding {
        guard let schema = tool(source).flatMap(ResultSchema.init) else { return .unknown }
        guard source.forEach != nil else { return schema.finding(at: reference.path) }
        guard var place = JSONPointer(reference.path), let first = place.tokens.first else { return .type("array") }
        guard Int(first) != nil else { return .notListed(known: []) }
        place.tokens.removeFirst()
        return schema.finding(at: place.description)
    }
}

extension PlanStep {
    static let listName = "for_each"
    static let conditionName = "when"

    /// Everything of the step that may refer to earlier steps, by the name messages call it.
    var referringValues: [(String, JSONValue)] {
        var values = (arguments ?? [:]).map { ($0.key, $0.value) }
        if let forEach { values.append((Self.listName, forEach.list)) }
        if let condition {
            values.append((Self.conditionName, condition.left))
            if let right = condition.right { values.append((Self.conditionName, right)) }
        }
        return values
    }
}
