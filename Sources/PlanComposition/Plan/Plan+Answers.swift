public import JSONSchema
public import SkillCatalog

extension Plan {
    /// The plan with one open value filled in by a person, and the question that asked for it gone.
    ///
    /// - Parameters:
    ///   - argument: name of an argument of the step's tool, or one of `PlanQuestion.conditionSide` and
    ///     `PlanQuestion.fanOutList`.
    ///   - value: a literal, or a reference to what an earlier step returns; the step then waits for that step.
    /// - Throws: `PlanAnswerError` where the plan has no such step, or where what the value refers to cannot be used there.
    public func answering(
        step id: String,
        argument: String,
        value: JSONValue
    ) throws(PlanAnswerError) -> Plan {
        guard let position = steps.firstIndex(where: { $0.id == id }) else { throw .unknownStep(id) }
        var plan = self
        try plan.wait(position, forSourcesOf: value)
        switch argument {
        case PlanQuestion.conditionSide where steps[position].condition != nil:
            plan.steps[position].condition?.left = value
        case PlanQuestion.fanOutList where steps[position].forEach != nil:
            plan.steps[position].forEach?.list = value
        default:
            plan.steps[position].arguments = plan.steps[position].arguments ?? [:]
            plan.steps[position].arguments?[argument] = value
        }
        plan.questions.removeAll { $0.step == id && $0.argument == argument }
        if !plan.answered.contains("\(id).\(argument)") { plan.answered.append("\(id).\(argument)") }
        return plan
    }

    /// The same with an answer as somebody types it, read by the parameter's schema: `5` for a number, `a, b` for a list.
    ///
    /// - Parameter tool: the step's tool; nil where it is not known, the text is then JSON or else a string.
    /// - Throws: `PlanAnswerError`, also where the text does not fit the schema.
    public func answering(
        step id: String,
        argument: String,
        text: String,
        of tool: Tool?
    ) throws(PlanAnswerError) -> Plan {
        let value = AnswerText.value(of: text, argument: argument, tool: tool)
        if let problem = tool.flatMap({ ArgumentSchema($0)?.problem(with: value, as: argument) }) {
            throw .unfit(step: id, argument: argument, problem: problem)
        }
        return try answering(step: id, argument: argument, value: value)
    }

    /// Makes the step wait for the steps whose results a value takes.
    private mutating func wait(_ position: Int, forSourcesOf value: JSONValue) throws(PlanAnswerError) {
        let graph = StepGraph(self)
        for case .reference(let reference) in OutputReference.all(in: value) {
            guard let source = steps.firstIndex(where: { $0.id == reference.step }) else {
                throw .unknownStep(reference.step)
            }
            guard source != position, !graph.reaches(position, source) else {
                throw .circular(step: steps[position].id, source: reference.step)
            }
            if !graph.reaches(source, position) { steps[position].dependsOn.append(reference.step) }
        }
    }
}

extension PlanQuestion {
    /// Stands for an argument's name where the left side of the step's condition is asked for.
    public static let conditionSide = "when.left"
    /// Stands for an argument's name where the list of the step's fan-out is asked for.
    public static let fanOutList = "for_each.list"
}

/// Why an answer cannot be put into a plan.
public enum PlanAnswerError: Error, Sendable, Hashable, CustomStringConvertible {
    case unknownStep(String)
    /// The answer takes a result of a step that itself waits for this one.
    case circular(step: String, source: String)
    /// The value is not what the tool's schema asks for.
    case unfit(step: String, argument: String, problem: String)

    public var description: String {
        switch self {
        case .unknownStep(let step): "the plan has no step \(step); 'skillweaver plan show' names its steps"
        case .circular(let step, let source):
            "\(step) cannot take a result of \(source), which itself waits for \(step); name an earlier step"
        case .unfit(let step, let argument, let problem):
            "the answer for \(argument) of \(step) does not fit: \(problem)"
        }
    }
}

/// Reads what a person types as a value.
enum AnswerText {
    static func value(of text: String, argument: String, tool: Tool?) -> JSONValue {
        let ports = tool?.inputSchema.flatMap(SchemaPorts.inputs) ?? []
        let json = try? JSONParser.parse(text)
        guard let port = ports.first(where: { $0.name == argument }) else { return json ?? .string(text) }
        if let json, json.arrayValue != nil || json.objectValue != nil { return json }
        if port.isCollection {
            let parts = text.split(separator: ",").map { part in
                String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            return .array(parts.map { scalar($0, port.jsonType) })
        }
        return scalar(text, port.jsonType)
    }

    private static func scalar(_ text: String, _ jsonType: String?) -> JSONValue {
        switch jsonType {
        case "string": .string(text)
        case "boolean": ["yes": true, "no": false, "true": true, "false": false][text.lowercased()] ?? .string(text)
        default: (try? JSONParser.parse(text)) ?? .string(text)
        }
    }
}
