import JSONSchema
import PlanComposition
import SkillCatalog
import SkillRetrieval

/// Looks for another tool that can take over a task: the next candidate of the step whose inputs can be bound from what is
/// known, and whose result has what later steps look for.
struct FallbackChoice {
    let definition: RunDefinition
    let position: Int
    /// References of later steps to this one's result; for a list to the result for one element.
    let uses: [OutputReference]

    init(_ state: RunState, position: Int) {
        definition = state.definition
        self.position = position
        let id = state.definition.plan.steps[position].id
        let isSingle = state.steps[position].isSingle
        uses = state.definition.plan.steps.flatMap { step in
            isSingle ? step.references.filter { $0.step == id } : step.elementUses(of: id)
        }
    }

    /// The next tool, or why there is none.
    enum Result {
        case found(RunFallback)
        case none(passedOver: [String])
    }

    func next(after task: TaskState, because: String) -> Result {
        let step = definition.plan.steps[position]
        var passedOver: [String] = []
        guard task.fallbacks < definition.options.recovery.fallbacks else {
            return .none(passedOver: ["\(task.abandoned.count) other tools were tried"])
        }
        guard let planned = step.skill.flatMap({ skill in step.tool.flatMap { definition.tool($0, of: skill) } }) else {
            return .none(passedOver: [])
        }
        for candidate in step.candidates {
            guard let name = candidate.tool, let tool = definition.tool(name, of: candidate.skill) else { continue }
            let qualified = "\(candidate.skill).\(name)"
            guard qualified != task.qualifiedName, !task.abandoned.contains(qualified) else { continue }
            switch binding(from: planned, to: tool, task: task) {
            case .failure(let why): passedOver.append("\(qualified): \(why.text)")
            case .success(let bound):
                return .found(
                    RunFallback(
                        skill: candidate.skill,
                        tool: name,
                        arguments: bound.arguments,
                        rebound: bound.rebound,
                        because: because,
                        passedOver: passedOver
                    )
                )
            }
        }
        return .none(passedOver: passedOver)
    }

    private func binding(
        from planned: Tool,
        to tool: Tool,
        task: TaskState
    ) -> Swift.Result<(arguments: JSONObject, rebound: [String: String]), ArgumentTransfer.Unfit> {
        var known = definition.plan.steps[position].arguments ?? [:]
        for (name, value) in task.answers { known[name] = value }
        do throws(ArgumentTransfer.Unfit) {
            return .success(
                (try ArgumentTransfer.arguments(known, from: planned, to: tool), try rebound(from: planned, to: tool))
            )
        } catch {
            return .failure(error)
        }
    }

    /// Where the new result has what later steps look for in the planned one.
    private func rebound(from planned: Tool, to tool: Tool) throws(ArgumentTransfer.Unfit) -> [String: String] {
        guard let outputs = tool.outputSchema.flatMap(SchemaPorts.outputs) else { return [:] }
        let old = planned.outputSchema.flatMap(SchemaPorts.outputs) ?? []
        var rebound: [String: String] = [:]
        for path in Set(uses.map(\.path)) where !path.isEmpty {
            let wanted = old.first { $0.pointer == path }
            if let same = outputs.first(where: { $0.pointer == path }), ArgumentTransfer.fits(wanted, same) { continue }
            let best = wanted.flatMap { wanted in
                outputs.map { (port: $0, score: ArgumentTransfer.likeness($0, wanted)) }.max { $0.score < $1.score }
            }
            guard let best, best.score >= ArgumentTransfer.leastFit else {
                throw ArgumentTransfer.Unfit(text: "its result has nothing like \(path), which a later step needs")
            }
            rebound[path] = best.port.pointer
        }
        return rebound
    }
}

extension PlanStep {
    /// What the step looks for in each element of another one's results.
    fileprivate func elementUses(of id: String) -> [OutputReference] {
        var uses = references.filter { $0.step == id }.compactMap { reference -> OutputReference? in
            // "/3/file" is "/file" of one element.
            let tokens = JSONPointer(reference.path)?.tokens.dropFirst() ?? []
            return tokens.isEmpty
                ? nil : OutputReference(step: id, path: JSONPointer(tokens: Array(tokens)).description)
        }
        if let forEach, case .reference(let list) = OutputReference.read(forEach.list), list.step == id,
            list.path.isEmpty
        {
            let values = (arguments ?? [:]).map(\.value) + [condition?.left, condition?.right].compactMap(\.self)
            for case .item(let item) in values.flatMap(ItemReference.all) {
                uses.append(OutputReference(step: id, path: item.path))
            }
        }
        return uses
    }
}
