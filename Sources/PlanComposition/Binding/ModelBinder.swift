import JSONSchema
package import LanguageModels
package import SkillCatalog
import SkillRetrieval

/// Has a language model bind the arguments of all steps, in one call a plan.
///
/// What the model says is checked argument by argument: its name, its type by the tool's schema, and that a reference leads to
/// a step which has run by then. What does not hold is left as the words of the request bound it, and said.
package struct ModelBinder: Sendable {
    private let model: any ChatModel

    package init(model: any ChatModel) { self.model = model }

    /// The plan with what the model bound; the same plan where it failed, with the remark.
    ///
    /// - Throws: `CancellationError`, and `ChatModelError` for a recording that is missing or cannot be written.
    package func bind(_ plan: Plan, skills: [String: Skill]) async throws -> Plan {
        let steps = plan.steps.compactMap { BindingQuestion($0, in: plan, skills: skills) }
        guard !steps.isEmpty else { return plan }
        var plan = plan
        let start = ContinuousClock.now
        do {
            let answer = try await model.reply(to: BindingPrompt.request(plan, steps))
            let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
            let call = ModelCall(tokens: answer.usage, latency: milliseconds, finishReason: answer.finishReason)
            var remarks: [String] = []
            plan.take(BindingReply(answer.text), steps, remarks: &remarks)
            plan.flags = PrivateFlow.flags(plan) { skills[$0] }
            plan.binding = BindingReport(
                model: model.name,
                call: call,
                remark: remarks.isEmpty ? nil : remarks.prefix(4).joined(separator: "; ")
            )
        } catch let error as ChatModelError {
            // A cancelled call may look like a broken connection.
            try Task.checkCancellation()
            if error.kind == .recordingUnusable { throw error }
            plan.binding = BindingReport(model: model.name, remark: error.description)
        }
        return plan
    }
}

/// One step whose arguments are asked for.
struct BindingQuestion: Sendable {
    let step: PlanStep
    let tool: Tool
    let inputs: [IOPort]
    /// Ids of the steps that have run by then, with what they return.
    let sources: [(id: String, outputs: [IOPort])]

    init?(_ step: PlanStep, in plan: Plan, skills: [String: Skill]) {
        func chosenTool(of step: PlanStep) -> Tool? {
            step.skill.flatMap { skills[$0] }.flatMap { skill in step.tool.flatMap(skill.tool(named:)) }
        }
        guard let tool = chosenTool(of: step), let schema = tool.inputSchema,
            let inputs = SchemaPorts.inputs(schema), !inputs.isEmpty
        else { return nil }
        self.step = step
        self.tool = tool
        self.inputs = inputs
        let graph = StepGraph(plan)
        let own = plan.steps.firstIndex { $0.id == step.id } ?? 0
        sources = plan.steps.indices.filter { $0 != own && graph.reaches($0, own) }.map { index in
            let outputs = plan.steps[index].forEach == nil ? chosenTool(of: plan.steps[index])?.outputSchema : nil
            return (plan.steps[index].id, outputs.flatMap(SchemaPorts.outputs) ?? [])
        }
    }
}

extension Plan {
    /// Takes over what of a reply holds.
    fileprivate mutating func take(_ reply: BindingReply, _ questions: [BindingQuestion], remarks: inout [String]) {
        if let problem = reply.problem { remarks.append(problem) }
        for (id, arguments) in reply.steps {
            guard let question = questions.first(where: { $0.step.id == id }),
                let position = steps.firstIndex(where: { $0.id == id })
            else {
                remarks.append(
                    "it speaks of a step \(DisplayText.cut(DisplayText.line(id), to: 24)) that it was not asked about"
                )
                continue
            }
            for (name, value) in arguments where value != .null {
                if let problem = question.problem(with: value, as: name) {
                    remarks.append("\(id).\(DisplayText.cut(DisplayText.line(name), to: 40)): \(problem)")
                    continue
                }
                steps[position].arguments = steps[position].arguments ?? [:]
                steps[position].arguments?[name] = value
                self.questions.removeAll { $0.step == id && $0.argument == name }
            }
        }
    }
}

extension BindingQuestion {
    /// Why a value cannot be the argument; nil where it can.
    func problem(with value: JSONValue, as name: String) -> String? {
        guard inputs.contains(where: { $0.name == name }) else { return "\(tool.name) has no such argument" }
        for reading in OutputReference.all(in: value) {
            switch reading {
            case .literal: continue
            case .malformed(let why): return why
            case .reference(let reference):
                guard let source = sources.first(where: { $0.id == reference.step }) else {
                    return "the step does not wait for \(DisplayText.cut(DisplayText.line(reference.step), to: 24))"
                }
                let isKnown =
                    reference.path.isEmpty || source.outputs.isEmpty
                    || source.outputs.contains { port in
                        reference.path == port.pointer || reference.path.hasPrefix(port.pointer + "/")
                    }
                guard isKnown else { return "\(reference.step) returns nothing at that place" }
            }
        }
        for reading in ItemReference.all(in: value) {
            switch reading {
            case .none: continue
            case .malformed(let why): return why
            case .item: if step.forEach == nil { return "there is no element at hand" }
            }
        }
        // The element at hand is what the fan-out was made for.
        if let bound = step.arguments?[name], !ItemReference.all(in: bound).isEmpty {
            return "it takes the element at hand"
        }
        return ArgumentSchema(tool)?.problem(with: value, as: name)
    }
}
