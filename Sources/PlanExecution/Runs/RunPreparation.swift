import JSONSchema
public import PlanComposition
package import SkillCatalog
import SkillRetrieval
import Storage

/// Why a plan cannot be run as it is.
public struct RunPreparationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable word for programs.
    public var code: String
    /// What is wrong and what to do next.
    public var message: String
    /// What the validator found; empty where it found nothing.
    public var faults: [PlanFault]

    init(_ code: String, _ message: String, faults: [PlanFault] = []) {
        self.code = code
        self.message = message
        self.faults = faults
    }

    public var description: String { message }
}

/// Makes a run's definition from a plan: checks the plan, and keeps a copy of every tool the run may need.
package struct RunPreparation {
    /// Whether a tool can be called here.
    package typealias Callable = (Tool, Skill) -> Bool

    /// Every skill the plan names, by id.
    private let skills: [String: Skill]
    private let canInvoke: Callable

    package init(skills: [String: Skill], canInvoke: @escaping Callable) {
        self.skills = skills
        self.canInvoke = canInvoke
    }

    /// - Parameter workspace: the folder tools read and write.
    /// - Throws: `RunPreparationError` for a plan that cannot run.
    package func definition(
        of plan: Plan,
        id: String,
        at now: RunTime,
        options: RunOptions,
        rules: ApprovalRules,
        workspace: String
    ) throws(RunPreparationError) -> RunDefinition {
        guard !plan.steps.isEmpty else { throw RunPreparationError("empty-plan", "the plan has no steps") }
        try checkTools(plan)
        let faults = PlanValidator(skills: skills).validate(plan).filter { $0.severity == .error }
        guard faults.isEmpty else {
            let list = faults.map(\.description).joined(separator: "; ")
            throw RunPreparationError("invalid-plan", "the plan cannot run: \(list)", faults: faults)
        }
        let constructs = [PlanQuestion.conditionSide, PlanQuestion.fanOutList]
        if let question = plan.questions.first(where: { constructs.contains($0.argument) }) {
            throw RunPreparationError(
                "open-question",
                "\(question.text) Answer it before the run begins (\(question.step).\(question.argument))"
            )
        }
        let used = usedSkills(plan.steps)
        var options = options
        if options.seed == nil { options.seed = UInt64.random(in: .min ... .max) }
        return RunDefinition(
            id: id,
            createdAt: now,
            plan: plan,
            skills: used,
            fingerprints: used.compactMapValues(SkillFingerprint.of),
            options: options,
            approvalRules: rules,
            workspace: workspace
        )
    }

    private func checkTools(_ plan: Plan) throws(RunPreparationError) {
        for step in plan.steps {
            guard let id = step.skill else {
                let why = step.abstention.map { " (\($0))" } ?? ""
                throw RunPreparationError(
                    "no-skill",
                    "no skill does \(step.id), \"\(step.subtask.text)\"\(why); word it otherwise, name one in the plan, "
                        + "or take the step out"
                )
            }
            // What the library does not have is the validator's to say.
            guard let skill = skills[id] else { continue }
            guard let name = step.tool else {
                throw RunPreparationError(
                    "no-tool",
                    "\(step.id) names the skill \(id) and none of its tools, so there is nothing to call"
                )
            }
            guard let tool = skill.tool(named: name) else { continue }
            guard canInvoke(tool, skill) else {
                throw RunPreparationError(
                    "not-callable",
                    "\(step.id) uses \(id).\(name), which says what it does but cannot be called from here"
                )
            }
        }
    }

    /// Chosen skills and callable candidates, without documents and without tools that are neither.
    func usedSkills(_ steps: [PlanStep]) -> [String: Skill] {
        var names: [String: Set<String>] = [:]
        for step in steps {
            if let skill = step.skill, let tool = step.tool { names[skill, default: []].insert(tool) }
            for candidate in step.candidates {
                guard let name = candidate.tool, let skill = skills[candidate.skill],
                    let tool = skill.tool(named: name), canInvoke(tool, skill)
                else { continue }
                names[candidate.skill, default: []].insert(name)
            }
        }
        var used: [String: Skill] = [:]
        for (id, tools) in names {
            guard var skill = skills[id] else { continue }
            let undoing = skill.tools.filter { tools.contains($0.name) }.compactMap(\.compensation?.tool)
            skill.tools = skill.tools.filter { tools.contains($0.name) || undoing.contains($0.name) }
            skill.document = ""
            used[id] = skill
        }
        return used
    }
}
