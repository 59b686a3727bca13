import JSONSchema
import SkillCatalog
import SkillRetrieval

/// Composes sub-tasks and their candidates into a plan: which skill does each step, and which steps wait for which.
///
/// Edges are found by the wording and by what the likeliest tools exchange; with them the skills of all steps are chosen
/// together; with the chosen tools the edges are found again and the arguments bound. The same input gives the same plan.
public struct Composer: Sendable {
    public var options: CompositionOptions

    public init(options: CompositionOptions = CompositionOptions()) {
        self.options = options
    }

    /// A valid plan for the request; figures of tokens and times are left for the caller to fill in.
    public func compose(_ input: CompositionInput) -> Plan {
        let candidates = withBestTools(
            input.subtasks.indices.map { index in
                input.candidates.indices.contains(index) ? input.candidates[index] : []
            },
            input
        )
        let eligible = candidates.map { list in list.prefix(options.maximumCandidates).filter(isEligible) }
        let signatures = eligible.map { list in list.map { signature(of: $0, in: input.skills) } }

        let likely = read(input, signatures.map { $0.first ?? .unknown })
        let chosen = SkillSelection(options: options)
            .choose(
                eligible,
                signatures: signatures,
                fits: fits(of: eligible, likely, input),
                flows: likely.findings.flows
            )
        let final =
            chosen.allSatisfy { $0 ?? 0 == 0 }
            ? likely : read(input, zip(signatures, chosen).map { list, index in index.map { list[$0] } ?? .unknown })

        var steps = input.subtasks.enumerated().map { index, subtask in
            step(subtask, chosen: chosen[index].map { eligible[index][$0] }, of: candidates[index], input.skills)
        }
        for edge in final.findings.edges {
            steps[edge.to].dependsOn.append(steps[edge.from].id)
            steps[edge.to].reasons[steps[edge.from].id] = edge.reason
        }
        var plan = Plan(request: input.request, decomposer: input.decomposer, steps: steps)
        bindArguments(&plan, final, input)
        addConstructs(&plan, final, input.skills)
        plan.flags = PrivateFlow.flags(plan) { input.skills[$0] }
        plan.diagnostics += diagnostics(plan, final.request, input)
        return plan
    }

    /// How each candidate's tool suits the words of its step; the published method looks at no words.
    private func fits(
        of candidates: [[Candidate]],
        _ reading: Reading,
        _ input: CompositionInput
    ) -> [[CandidateFit?]] {
        guard options.selection == .joint else { return candidates.map { $0.map { _ in nil } } }
        return candidates.enumerated().map { index, list in
            guard list.count > 1 else { return list.map { _ in nil } }
            let step = reading.request.steps[index]
            let cues = reading.cues(of: index) { _ in true }
            return list.map { candidate in
                let tool = input.skills[candidate.skill].flatMap { candidate.tool.flatMap($0.tool(named:)) }
                return tool.flatMap { CandidateFit($0, step: step, cues: cues, workspace: input.workspace) }
            }
        }
    }

    /// The candidates, each with the tool of its skill that suits the words of its step; the published method looks at none.
    private func withBestTools(_ candidates: [[Candidate]], _ input: CompositionInput) -> [[Candidate]] {
        guard options.selection == .joint, candidates.joined().contains(where: { !$0.alternatives.isEmpty }) else {
            return candidates
        }
        let reading = read(input, candidates.map { $0.first.map { signature(of: $0, in: input.skills) } ?? .unknown })
        // A step that another was added for keeps the tool it was added for.
        let served = Set(input.subtasks.compactMap(\.origin.need?.step))
        return candidates.enumerated().map { index, list in
            guard !served.contains(input.subtasks[index].id) else { return list }
            // What types alone suggest was read with tools that may not stay.
            let cues = reading.cues(of: index) { $0 != .dataFlow }
            let choice = ToolChoice(step: reading.request.steps[index], cues: cues, workspace: input.workspace)
            let most = list.first?.score ?? 0
            return list.enumerated().map { rank, candidate in
                // Far behind the first candidate no tool makes a skill the chosen one.
                guard rank < options.maximumCandidates, isEligible(candidate), candidate.score * 2 >= most else {
                    return candidate
                }
                return input.skills[candidate.skill].map { choice.best(of: candidate, in: $0) } ?? candidate
            }
        }
    }

    private func isEligible(_ candidate: Candidate) -> Bool {
        candidate.score.isFinite && candidate.score >= options.minimumScore
    }

    private func signature(of candidate: Candidate, in skills: [String: Skill]) -> IOSignature {
        skills[candidate.skill].map { IOSignature($0, tool: candidate.tool) } ?? .unknown
    }

    /// A request as it reads with certain tools in mind.
    private struct Reading {
        var request: RequestReading
        var findings: EdgeFinder.Findings

        /// Expressions in a step that point to earlier steps, as stems; one for each result that flows in.
        func cues(of step: Int, where isCounted: (EdgeReason.Kind) -> Bool) -> [[String]] {
            findings.flows.filter { $0.to == step && isCounted($0.reason.kind) }
                .map { IdentifierWords.split($0.reason.cue).map(WordStem.of) }
        }
    }

    private func read(_ input: CompositionInput, _ signatures: [IOSignature]) -> Reading {
        let hints = signatures.map { signature in signature.inputs.prefix(16).flatMap(\.nameStems) }
        let request = RequestReading(request: input.request, subtasks: input.subtasks, hints: hints)
        guard let lookUps = LookUpEdges(input.subtasks) else {
            let findings = EdgeFinder.find(request, signatures: signatures, stated: input.statedEdges)
            return Reading(request: request, findings: findings)
        }
        // What nobody said stands nowhere in the request: its wording is read without.
        let asked = RequestReading(
            request: input.request,
            subtasks: lookUps.asked.map { input.subtasks[$0] },
            hints: lookUps.asked.map { hints[$0] }
        )
        let findings = EdgeFinder.find(
            asked,
            signatures: lookUps.asked.map { signatures[$0] },
            stated: lookUps.amongAsked(input.statedEdges)
        )
        return Reading(request: request, findings: lookUps.adding(to: findings))
    }

    private func step(
        _ subtask: Subtask,
        chosen: Candidate?,
        of candidates: [Candidate],
        _ skills: [String: Skill]
    ) -> PlanStep {
        // The choice among the tools of one skill has been made.
        let offered = candidates.map { Candidate(skill: $0.skill, tool: $0.tool, score: $0.score) }
        var step = PlanStep(id: subtask.id, subtask: subtask, candidates: offered)
        if let chosen {
            step.skill = chosen.skill
            step.tool = chosen.tool
            step.score = chosen.score
        } else {
            step.score = candidates.first?.score ?? 0
            step.abstention = Abstention.reason(
                subtask.text,
                candidates,
                nearest: candidates.first.flatMap { skills[$0.skill] },
                minimumScore: options.minimumScore
            )
        }
        return step
    }

    private func bindArguments(_ plan: inout Plan, _ reading: Reading, _ input: CompositionInput) {
        let skills = input.skills
        let outputs = plan.steps.map { step -> [IOPort] in
            guard let skill = step.skill.flatMap({ skills[$0] }) else { return [] }
            let signature = IOSignature(skill, tool: step.tool)
            return signature.outputBasis == .declared ? signature.outputs : []
        }
        for index in plan.steps.indices {
            let step = plan.steps[index]
            guard let skill = step.skill.flatMap({ skills[$0] }), let name = step.tool,
                let tool = skill.tool(named: name)
            else { continue }
            let sources = reading.findings.flows.filter { $0.to == index }.map { flow in
                ReferenceBinding.Source(
                    step: plan.steps[flow.from].id,
                    outputs: outputs[flow.from],
                    cue: IdentifierWords.split(flow.reason.cue).map(WordStem.of),
                    words: flow.reason.cue.split(separator: " ").filter { $0 != "the" }.map(String.init),
                    said: Set(reading.request.steps[flow.from].body.map(\.stem)),
                    isSpoken: flow.reason.kind != .dataFlow
                )
            }
            var bound = ArgumentBinder.bind(
                step: step.id,
                toolName: "\(skill.name).\(name)",
                tool: tool,
                words: reading.request.steps[index].body,
                sources: sources,
                earlier: reading.request.earlierWords(index),
                isEnglish: reading.request.isEnglish,
                workspace: input.workspace
            )
            for other in plan.steps where other.subtask.origin.need?.step == step.id && other.skill != nil {
                bound.bind(other.subtask.origin.need, to: other.id)
            }
            plan.steps[index].arguments = bound.arguments
            plan.questions += bound.questions
            plan.diagnostics += bound.assumptions.map { "\(step.id): \($0)" }
        }
    }

    /// Fan-outs and conditions that the words ask for.
    private func addConstructs(_ plan: inout Plan, _ reading: Reading, _ skills: [String: Skill]) {
        let ids = plan.steps.map(\.id)
        let tools = plan.steps.map { step -> Tool? in
            step.tool.flatMap { name in step.skill.flatMap { skills[$0] }?.tool(named: name) }
        }
        let fanOuts = FanOutFinder(reading: reading.request, tools: tools)
        for step in plan.steps.indices {
            let sources = reading.findings.flows.filter { $0.to == step }.map(\.from).sorted()
            let arguments = plan.steps[step].arguments
            guard let found = fanOuts.fanOut(of: step, sources: sources, arguments: arguments, ids: ids) else {
                continue
            }
            plan.steps[step].forEach = found.fanOut
            if let source = found.source {
                plan.wait(step, for: source, EdgeReason(.reference, cue: found.fanOut.cue))
            }
            for (name, value) in found.arguments {
                plan.steps[step].arguments?[name] = value
                plan.questions.removeAll { $0.step == ids[step] && $0.argument == name }
            }
            if let text = found.question { plan.ask(step, PlanQuestion.fanOutList, text) }
            plan.followFanOut(of: step)
        }
        let outputs = tools.map { $0?.outputSchema.flatMap(SchemaPorts.outputs) ?? [] }
        let conditions = ConditionFinder(reading: reading.request, outputs: outputs)
        for step in plan.steps.indices {
            guard let found = conditions.condition(of: step, ids: ids) else { continue }
            plan.steps[step].condition = found.condition
            if let source = found.source {
                plan.wait(step, for: source, EdgeReason(.reference, cue: found.condition.cue))
            }
            if let text = found.question { plan.ask(step, PlanQuestion.conditionSide, text) }
        }
    }

    private func diagnostics(_ plan: Plan, _ reading: RequestReading, _ input: CompositionInput) -> [String] {
        var remarks: [String] = []
        if plan.fitsNothing { remarks.append("nothing in the library fits this request") }
        if !reading.isEnglish && plan.steps.count > 1 && input.dependencies == nil {
            remarks.append("the wording could not be read for dependencies; the steps keep the order of the request")
        }
        for (index, step) in plan.steps.enumerated() {
            let found = input.candidates.indices.contains(index) ? input.candidates[index] : []
            if let nearest = found.first(where: { $0.skill == step.skill && !$0.alternatives.isEmpty })?.tool,
                let tool = step.tool, tool != nearest,
                !found.contains(where: { $0.skill == step.skill && $0.tool == tool })
            {
                remarks.append(
                    "\(step.id): of the tools of \(step.skill ?? "") \(tool) was chosen; the words alone are nearer to \(nearest)"
                )
            }
            if let best = step.candidates.first, let name = step.qualifiedName, best.score > step.score {
                let other = best.tool.map { "\(best.skill).\($0)" } ?? best.skill
                remarks.append(
                    "\(step.id): \(name) (\(Decimals.text(step.score))) was preferred to \(other) "
                        + "(\(Decimals.text(best.score))) because it suits the step's words and the other steps better"
                )
            }
        }
        return remarks
    }
}

extension CompositionInput {
    /// The dependencies by position; nil where the decomposer says nothing.
    fileprivate var statedEdges: [(from: Int, to: Int)]? {
        guard let dependencies else { return nil }
        let positions = Dictionary(zip(subtasks.map(\.id), subtasks.indices)) { first, _ in first }
        return subtasks.enumerated().flatMap { index, subtask in
            (dependencies[subtask.id] ?? []).compactMap { id in positions[id].map { (from: $0, to: index) } }
        }
    }
}

extension Plan {
    fileprivate mutating func ask(_ position: Int, _ argument: String, _ text: String) {
        questions.append(PlanQuestion(step: steps[position].id, argument: argument, text: text))
    }

    /// The steps that use a single result of a step which now has many run for each of them too.
    fileprivate mutating func followFanOut(of position: Int) {
        let id = steps[position].id
        for later in steps.indices where later > position && steps[later].forEach == nil {
            for (name, value) in steps[later].arguments ?? [:] {
                guard case .reference(let reference) = OutputReference.read(value), reference.step == id,
                    !reference.path.isEmpty
                else { continue }
                steps[later].forEach = FanOut(list: OutputReference(step: id, path: "").json)
                steps[later].arguments?[name] = ItemReference(path: reference.path).json
            }
        }
    }

    /// Makes a step wait for an earlier one, without edges that others imply.
    fileprivate mutating func wait(_ position: Int, for source: Int, _ reason: EdgeReason) {
        guard !StepGraph(self).reaches(source, position) else { return }
        steps[position].dependsOn.append(steps[source].id)
        steps[position].reasons[steps[source].id] = reason
        for edge in StepGraph(self).transitiveEdges {
            let implied = steps[edge.from].id
            steps[edge.to].dependsOn.removeAll { $0 == implied }
            steps[edge.to].reasons[implied] = nil
        }
    }
}
