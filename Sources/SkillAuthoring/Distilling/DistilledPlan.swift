import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import SkillRetrieval

/// The plan of a run with parameters in the place of what was said, and what it returns.
struct DistilledPlan {
    /// With open places.
    var plan: Plan
    /// What the tool returns: a step's result, or an object of several.
    var result: JSONValue
    var outputSchema: JSONValue?
    /// What the run returned by that.
    var recorded: JSONValue
    var parameters: [DistilledParameter]
    /// The tools of the steps, in the order of the plan.
    var tools: [Tool]
    /// Files of the workspace that the run's inputs name.
    var files: [String] = []
    let signs: SecretSigns

    init(
        _ definition: RunDefinition,
        _ history: RunHistory,
        signs: SecretSigns,
        wishes: ParameterChoice.Wishes
    ) throws(AuthoringError) {
        self.signs = signs
        var choice = ParameterChoice(request: definition.plan.request, signs: signs, wishes: wishes)
        var steps = definition.plan.steps.map { Self.bare($0, history) }
        tools = steps.compactMap { step in
            step.skill.flatMap { skill in step.tool.flatMap { definition.tool($0, of: skill) } }
        }
        for step in steps { Self.look(at: step, definition, history, &choice) }
        if let unknown = choice.unknownWishes.first {
            throw AuthoringError(
                .usage,
                "the run has no value at '\(unknown)' that could be a parameter",
                advice: "name a step and its argument, such as s1.url; 'skillweaver runs show RUN' shows them"
            )
        }
        if let place = choice.mixed.first {
            throw AuthoringError(
                .invalid,
                "\(place) holds a secret beside the result of another step, so it can be neither kept nor asked for",
                advice: "give the secret to the skill by a variable of the environment, run it again, and distil that"
            )
        }
        parameters = choice.parameters()
        var places: [String: JSONValue] = [:]
        for parameter in parameters { for place in parameter.places { places[place] = parameter.reference } }
        for index in steps.indices { Self.open(&steps[index], places) }
        var plan = Plan(request: definition.plan.request, decomposer: "", steps: steps)
        plan.flags = definition.plan.flags
        self.plan = plan
        (result, outputSchema, recorded) = Self.outcome(of: plan, definition, history)
    }

    /// The step with the tool that did it, and without what the choice of it left behind.
    private static func bare(_ step: PlanStep, _ history: RunHistory) -> PlanStep {
        var step = step
        if let done = history.steps[step.id] {
            (step.skill, step.tool) = (done.skill, done.tool)
            step.arguments = done.arguments.isEmpty ? nil : done.arguments
        }
        step.arguments = step.arguments.map { arguments in
            JSONObject(arguments.map { ($0.key, rebound($0.value, history)) })
        }
        if let list = step.forEach?.list { step.forEach?.list = rebound(list, history) }
        if let left = step.condition?.left { step.condition?.left = rebound(left, history) }
        if let right = step.condition?.right { step.condition?.right = rebound(right, history) }
        step.candidates = []
        step.subtask.span = nil
        step.forEach?.cue = ""
        step.condition?.cue = ""
        return step
    }

    /// References to a result of another tool than the planned one lead to where that one has it.
    private static func rebound(_ value: JSONValue, _ history: RunHistory) -> JSONValue {
        if case .reference(var reference) = OutputReference.read(value) {
            reference.path = history.steps[reference.step]?.rebound[reference.path] ?? reference.path
            return reference.json
        }
        switch value {
        case .array(let elements): return .array(elements.map { rebound($0, history) })
        case .object(let members): return .object(JSONObject(members.map { ($0.key, rebound($0.value, history)) }))
        default: return value
        }
    }

    // MARK: - Parameters

    private static let list = "items"

    private static func look(
        at step: PlanStep,
        _ definition: RunDefinition,
        _ history: RunHistory,
        _ choice: inout ParameterChoice
    ) {
        let tool = step.skill.flatMap { skill in step.tool.flatMap { definition.tool($0, of: skill) } }
        let answered = history.steps[step.id]?.answered ?? []
        for (name, value) in step.arguments ?? [:] {
            choice.look(at: value, name, of: step, tool: tool, isAnswer: answered.contains(name))
        }
        if let forEach = step.forEach {
            let isAnswer = answered.contains(PlanQuestion.fanOutList)
            choice.look(at: forEach.list, list, of: step, tool: nil, isAnswer: isAnswer)
        }
        if let condition = step.condition, let right = condition.right {
            choice.look(at: right, bound(of: condition), of: step, tool: nil, isAnswer: false)
        }
    }

    /// What the right side of a condition is called: `usage_limit`.
    private static func bound(of condition: StepCondition) -> String {
        guard case .reference(let reference) = OutputReference.read(condition.left),
            let last = reference.path.split(separator: "/").last
        else { return "limit" }
        return "\(last)_limit"
    }

    private static func open(_ step: inout PlanStep, _ places: [String: JSONValue]) {
        for name in step.arguments?.keys ?? [] {
            if let parameter = places["\(step.id).\(name)"] { step.arguments?[name] = parameter }
        }
        if let parameter = places["\(step.id).\(list)"], step.forEach != nil { step.forEach?.list = parameter }
        if let condition = step.condition, let parameter = places["\(step.id).\(bound(of: condition))"] {
            step.condition?.right = parameter
        }
    }

    // MARK: - Result

    /// The results of the steps whose results nobody uses: of one alone, or of each under its id.
    private static func outcome(
        of plan: Plan,
        _ definition: RunDefinition,
        _ history: RunHistory
    ) -> (JSONValue, JSONValue?, JSONValue) {
        let needed = Set(plan.steps.flatMap(\.dependsOn))
        let last = plan.steps.filter { !needed.contains($0.id) }
        func whole(_ step: PlanStep) -> JSONValue { OutputReference(step: step.id, path: "").json }
        func recorded(_ step: PlanStep) -> JSONValue {
            let results = history.steps[step.id]?.results ?? [:]
            guard step.forEach != nil else { return results[0] ?? .null }
            return .array(results.keys.sorted().compactMap { results[$0] })
        }
        func schema(_ step: PlanStep) -> JSONValue? {
            let tool = step.skill.flatMap { skill in step.tool.flatMap { definition.tool($0, of: skill) } }
            guard var schema = tool?.outputSchema else { return nil }
            if step.forEach != nil { schema = ["type": "array", "items": schema] }
            return mayBeSkipped(step, in: plan) ? ["anyOf": [schema, ["type": "null"]]] : schema
        }
        if last.count == 1 { return (whole(last[0]), schema(last[0]), recorded(last[0])) }
        let properties = last.map { ($0.id, schema($0) ?? .object([:])) }
        return (
            .object(JSONObject(last.map { ($0.id, whole($0)) })),
            [
                "type": "object", "properties": .object(JSONObject(properties)),
                "required": JSONValue(last.map(\.id)),
            ],
            .object(JSONObject(last.map { ($0.id, recorded($0)) }))
        )
    }

    /// Its condition, or that of a step before it, can leave it out.
    private static func mayBeSkipped(_ step: PlanStep, in plan: Plan) -> Bool {
        step.condition != nil
            || step.dependsOn.contains { id in plan.step(id).map { mayBeSkipped($0, in: plan) } ?? false }
    }
}
