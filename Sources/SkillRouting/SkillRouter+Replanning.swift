import JSONSchema
import PlanComposition
package import PlanExecution
import SkillCatalog
import SkillRetrieval

extension SkillRouter {
    /// Looks for another skill for a step that none of its candidates can do, and composes that step and those behind it
    /// anew; what they get from finished steps stays.
    ///
    /// - Throws: `ReplanRefusal` where the library has nothing that fits.
    package func replan(_ request: ReplanRequest) async throws -> ReplanProposal {
        try await withGeneration { generation in
            guard let failed = request.plan.step(request.step) else {
                throw ReplanRefusal("the step is not in the plan")
            }
            let fresh = try await candidates(for: failed, request, from: generation)
            guard !fresh.isEmpty else {
                throw ReplanRefusal("no other skill of the library fits \"\(failed.subtask.text)\"")
            }
            let candidates = request.plan.steps.map { step in
                step.id == failed.id ? fresh : Self.candidates(of: step, request)
            }
            let found = try await generation.index.skills(candidates.joined().map(\.skill))
            let skills = request.skills.merging(found) { _, indexed in indexed }
            let composed = composer.compose(
                CompositionInput(
                    request: request.plan.request,
                    decomposer: request.plan.decomposer,
                    subtasks: request.plan.steps.map(\.subtask),
                    candidates: candidates,
                    skills: skills,
                    dependencies: Dictionary(
                        request.plan.steps.map { ($0.id, $0.dependsOn) },
                        uniquingKeysWith: { first, _ in first }
                    ),
                    workspace: workspace
                )
            )
            let plan = try ReplanMerge(request, composed, skills).plan()
            return ReplanProposal(plan: plan, skills: skills)
        }
    }

    /// What the library offers for a step beside what failed at it, by its words, and by these together with the last error.
    private func candidates(
        for step: PlanStep,
        _ request: ReplanRequest,
        from generation: RouterGeneration
    ) async throws -> [Candidate] {
        let hint = request.failure.message.prefix(200)
        let lists = try await generation.retriever.candidates(
            for: [step.subtask.text, "\(step.subtask.text). \(hint)"],
            top: candidatesPerStep + request.failed.count
        )
        var found = lists.first ?? []
        // A text with an error in it is no measure of how well a skill fits, so that what it adds comes behind.
        found += (lists.last ?? []).filter { other in !found.contains { $0.skill == other.skill } }
        let skills = try await generation.index.skills(found.map(\.skill))
        return found.filter { candidate in
            guard let skill = skills[candidate.skill], let tool = candidate.tool.flatMap(skill.tool(named:)) else {
                return false
            }
            return !request.failed.contains("\(candidate.skill).\(tool.name)") && request.canInvoke(tool, skill)
        }
    }

    /// Of a step that stays, what it uses; of one behind the dead end, what it could use.
    private static func candidates(of step: PlanStep, _ request: ReplanRequest) -> [Candidate] {
        if let used = request.used[step.id] { return [Candidate(skill: used.skill, tool: used.tool, score: 1)] }
        guard step.candidates.isEmpty, let skill = step.skill else { return step.candidates }
        return [Candidate(skill: skill, tool: step.tool, score: 1)]
    }
}

/// Puts the part of a plan that was composed anew into the plan of a run.
private struct ReplanMerge {
    private let request: ReplanRequest
    private let composed: Plan
    private let skills: [String: Skill]

    init(_ request: ReplanRequest, _ composed: Plan, _ skills: [String: Skill]) {
        (self.request, self.composed, self.skills) = (request, composed, skills)
    }

    func plan() throws(ReplanRefusal) -> Plan {
        var plan = request.plan
        for index in plan.steps.indices where request.changeable.contains(plan.steps[index].id) {
            let old = plan.steps[index]
            guard let new = composed.step(old.id), new.skill != nil else {
                let why = composed.step(old.id)?.abstention.map { ": \($0)" } ?? ""
                throw ReplanRefusal("no skill of the library fits \(old.id) now\(why)")
            }
            plan.steps[index] = merged(old, new)
            plan.questions.removeAll { $0.step == old.id }
            plan.questions += composed.questions.filter { question in
                question.step == old.id && plan.steps[index].arguments?[question.argument] == nil
            }
        }
        return plan
    }

    private func merged(_ old: PlanStep, _ new: PlanStep) -> PlanStep {
        var step = old
        (step.skill, step.tool, step.score, step.candidates) = (new.skill, new.tool, new.score, new.candidates)
        step.arguments = arguments(old, new)
        if let list = old.forEach?.list, mentionsChange(list) { step.forEach = new.forEach }
        if let condition = old.condition, mentionsChange(condition.left) || condition.right.map(mentionsChange) ?? false
        {
            step.condition = new.condition
        }
        return step
    }

    /// What a person or the plan gave before comes first, where the new tool has a place for it; then what the words say.
    private func arguments(_ old: PlanStep, _ new: PlanStep) -> JSONObject? {
        let known = old.id == request.step ? request.arguments : old.arguments ?? [:]
        let lasting = JSONObject(known.filter { !mentionsChange($0.value) })
        guard let before = tool(of: old), let after = tool(of: new) else { return new.arguments }
        guard before != after else {
            return Self.joined(lasting, new.arguments)
        }
        let moved = (try? ArgumentTransfer.arguments(lasting, from: before, to: after)) ?? [:]
        return Self.joined(moved, new.arguments)
    }

    private static func joined(_ first: JSONObject, _ second: JSONObject?) -> JSONObject {
        var joined = first
        for (name, value) in second ?? [:] where joined[name] == nil { joined[name] = value }
        return joined
    }

    private func tool(of step: PlanStep) -> Tool? {
        step.skill.flatMap { skills[$0] }.flatMap { skill in step.tool.flatMap(skill.tool(named:)) }
    }

    /// The value is taken from a step that is composed anew.
    private func mentionsChange(_ value: JSONValue) -> Bool {
        OutputReference.all(in: value).contains { reading in
            if case .reference(let reference) = reading { request.changeable.contains(reference.step) } else { false }
        }
    }
}
