import JSONSchema
import PlanComposition
import SkillCatalog
import SkillRetrieval

/// Looks for another tool that can take over a task: the next candidate of the step whose inputs can be bound from what is
/// known, and whose result has what later steps look for.
struct FallbackChoice {
    /// Least likeness of an old and a new port that stand for the same value.
    private static let leastFit = 0.55

    let definition: RunDefinition
    let position: Int
    /// References of later steps to this one's result.
    let uses: [OutputReference]

    init(_ state: RunState, position: Int) {
        definition = state.definition
        self.position = position
        let id = state.definition.plan.steps[position].id
        uses = state.definition.plan.steps.flatMap { $0.references.filter { $0.step == id } }
    }

    /// The next tool, or why there is none.
    enum Result {
        case found(RunFallback)
        case none(passedOver: [String])
    }

    func next(after task: TaskState, because: String) -> Result {
        let step = definition.plan.steps[position]
        var passedOver: [String] = []
        guard task.abandoned.count < definition.options.recovery.fallbacks else {
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

    private struct Unfit: Error {
        var text: String
    }

    private func binding(
        from planned: Tool,
        to tool: Tool,
        task: TaskState
    ) -> Swift.Result<(arguments: JSONObject, rebound: [String: String]), Unfit> {
        var known = definition.plan.steps[position].arguments ?? [:]
        for (name, value) in task.answers { known[name] = value }
        do throws(Unfit) {
            return .success((try arguments(known, from: planned, to: tool), try rebound(from: planned, to: tool)))
        } catch {
            return .failure(error)
        }
    }

    /// What the planned tool would get, under the names of the new one.
    private func arguments(_ known: JSONObject, from planned: Tool, to tool: Tool) throws(Unfit) -> JSONObject {
        guard let schema = tool.inputSchema, let inputs = SchemaPorts.inputs(schema) else {
            // Where neither says what it takes, nothing speaks against the same arguments.
            guard known.isEmpty || planned.inputSchema == nil else {
                throw Unfit(text: "it does not say what it takes")
            }
            return known
        }
        let ports = planned.inputSchema.flatMap(SchemaPorts.inputs) ?? []
        let old = Dictionary(ports.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var left = known
        var bound = JSONObject()
        for input in inputs {
            guard let value = left[input.name], fits(old[input.name], input) else { continue }
            bound[input.name] = value
            left[input.name] = nil
        }
        for input in inputs where input.isRequired && bound[input.name] == nil {
            let best = left.keys.compactMap { name in
                old[name].map { (name: name, score: Self.likeness($0, input)) }
            }.max { $0.score < $1.score }
            if let best, best.score >= Self.leastFit {
                bound[input.name] = left[best.name]
                left[best.name] = nil
            } else if schema["properties"]?[input.name]?["default"] == nil {
                throw Unfit(text: "nothing fits its argument \(input.name)")
            }
        }
        // A tool that has no place for what the task is about does something else.
        let needed = ports.filter(\.isRequired).map(\.name)
        if let lost = needed.first(where: { left[$0] != nil }) { throw Unfit(text: "it has no place for \(lost)") }
        return bound
    }

    /// How far a new port stands for the same value as an old one, 0…1.
    ///
    /// Two files, or two addresses, of one kind are alike whatever they are called; of plain values the names decide.
    private static func likeness(_ one: IOPort, _ other: IOPort) -> Double {
        let score = Compatibility.fit(one, other).score
        let isSameKind = one.type == other.type && one.isCollection == other.isCollection
        return isSameKind && one.carrier == other.carrier && one.carrier != .value ? max(score, 0.7) : score
    }

    private func fits(_ old: IOPort?, _ new: IOPort) -> Bool {
        guard let old, let from = old.jsonType, let to = new.jsonType else { return true }
        return from == to && old.isCollection == new.isCollection || (from == "integer" && to == "number")
    }

    /// Where the new result has what later steps look for in the planned one.
    private func rebound(from planned: Tool, to tool: Tool) throws(Unfit) -> [String: String] {
        guard let outputs = tool.outputSchema.flatMap(SchemaPorts.outputs) else { return [:] }
        let old = planned.outputSchema.flatMap(SchemaPorts.outputs) ?? []
        var rebound: [String: String] = [:]
        for path in Set(uses.map(\.path)) where !path.isEmpty {
            let wanted = old.first { $0.pointer == path }
            if let same = outputs.first(where: { $0.pointer == path }), fits(wanted, same) { continue }
            let best = wanted.flatMap { wanted in
                outputs.map { (port: $0, score: Self.likeness($0, wanted)) }.max { $0.score < $1.score }
            }
            guard let best, best.score >= Self.leastFit else {
                throw Unfit(text: "its result has nothing like \(path), which a later step needs")
            }
            rebound[path] = best.port.pointer
        }
        return rebound
    }
}
