import JSONSchema
package import PlanComposition
import SkillCatalog
import SkillRetrieval

extension SkillRouter {
    /// The plan with another skill for one step: its arguments, and those of the steps that read its result, are bound anew.
    ///
    /// What a person answered stays where the new tool has a place for it; all other steps stay as they are.
    /// - Parameter tool: nil for the tool of the skill that suits the step best.
    /// - Throws: `PlanAnswerError.unknownStep`, and `LibraryError` for a skill or a tool the library does not have.
    package func choosing(skill id: String, tool: String?, for step: String, in plan: Plan) async throws -> Plan {
        guard plan.step(step) != nil else { throw PlanAnswerError.unknownStep(step) }
        return try await withGeneration { generation in
            let ids = Set(plan.steps.compactMap(\.skill) + [id])
            let skills = try await generation.index.skills(ids.sorted())
            guard let skill = skills[id] else {
                throw LibraryError(.notFound, "the library has no skill '\(id)'")
            }
            if let tool, skill.tool(named: tool) == nil {
                throw LibraryError(.notFound, "the skill '\(id)' has no tool '\(tool)'")
            }
            let composed = composer.compose(
                CompositionInput(
                    request: plan.request,
                    decomposer: plan.decomposer,
                    subtasks: plan.steps.map(\.subtask),
                    candidates: plan.steps.map { other in
                        other.id == step ? [Self.candidate(skill, tool, of: other)] : Self.chosen(in: other)
                    },
                    skills: skills,
                    dependencies: Dictionary(
                        plan.steps.map { ($0.id, $0.dependsOn) },
                        uniquingKeysWith: { first, _ in first }
                    ),
                    workspace: workspace
                )
            )
            return plan.taking(step, from: composed)
        }
    }

    /// As the plan lists it, or as the only tool of its skill that is known.
    private static func candidate(_ skill: Skill, _ tool: String?, of step: PlanStep) -> Candidate {
        let listed = step.candidates.first { $0.skill == skill.id }
        let name = tool ?? listed?.tool ?? (skill.tools.count == 1 ? skill.tools.first?.name : nil)
        // Chosen by a person, it fits, however little the words say so.
        return Candidate(skill: skill.id, tool: name, score: max(listed?.score ?? 0, 0.5))
    }

    private static func chosen(in step: PlanStep) -> [Candidate] {
        step.skill.map { [Candidate(skill: $0, tool: step.tool, score: max(step.score, 0.5))] } ?? []
    }
}

extension Plan {
    /// Takes over a step that was composed with another tool, and what reads its result.
    fileprivate func taking(_ changed: String, from composed: Plan) -> Plan {
        var plan = self
        for position in plan.steps.indices {
            let old = plan.steps[position]
            guard let new = composed.step(old.id) else { continue }
            if old.id == changed {
                plan.steps[position] = new
                plan.steps[position].reasons = Self.reasons(new, knowing: old)
                plan.steps[position].candidates = old.candidates
                if !old.candidates.contains(where: { $0.skill == new.skill && $0.tool == new.tool }),
                    let skill = new.skill
                {
                    plan.steps[position].candidates.append(
                        Candidate(skill: skill, tool: new.tool, score: new.score)
                    )
                }
                plan.steps[position].score =
                    old.candidates.first { $0.skill == new.skill && $0.tool == new.tool }?.score ?? new.score
            } else if old.reads(changed) || new.reads(changed) {
                plan.steps[position].arguments = new.arguments
                plan.steps[position].dependsOn = new.dependsOn
                plan.steps[position].reasons = Self.reasons(new, knowing: old)
            } else {
                continue
            }
            plan.questions.removeAll { $0.step == old.id }
            plan.questions += composed.questions.filter { $0.step == old.id }
            keepAnswers(of: old, in: &plan, at: position)
        }
        plan.flags = composed.flags
        return plan
    }

    /// Why a step depends on others: edges that were there before were found in words that still stand in the request,
    /// while to the composer they were given.
    private static func reasons(_ new: PlanStep, knowing old: PlanStep) -> [String: EdgeReason] {
        var reasons = new.reasons
        for (id, found) in old.reasons
        where new.dependsOn.contains(id) && (found.carriesData || !new.takesArgument(from: id)) {
            reasons[id] = found
        }
        return reasons
    }

    /// Values a person gave stay, where the tool still has such an argument.
    private func keepAnswers(of old: PlanStep, in plan: inout Plan, at position: Int) {
        for (name, value) in old.arguments ?? [:] where answered.contains("\(old.id).\(name)") {
            let isWanted = plan.steps[position].arguments?[name] != nil
            let isAsked = plan.questions.contains { $0.step == old.id && $0.argument == name }
            guard isWanted || isAsked else { continue }
            plan.steps[position].arguments = plan.steps[position].arguments ?? [:]
            plan.steps[position].arguments?[name] = value
            plan.questions.removeAll { $0.step == old.id && $0.argument == name }
        }
    }
}

extension PlanStep {
    fileprivate func reads(_ step: String) -> Bool { dependsOn.contains(step) || takesArgument(from: step) }

    fileprivate func takesArgument(from step: String) -> Bool {
        OutputReference.all(in: .object(arguments ?? [:])).contains { reading in
            if case .reference(let reference) = reading { reference.step == step } else { false }
        }
    }
}
