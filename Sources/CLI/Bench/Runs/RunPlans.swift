import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import SkillRetrieval

/// Plans over tools that do nothing, for measuring what running them costs.
enum RunPlans {
    static let skill = Skill(
        id: "nothing",
        name: "nothing",
        description: "",
        tools: [
            Tool(name: "work", description: "", annotations: ToolAnnotations(readOnlyHint: true)),
            Tool(name: "stand_in", description: "", annotations: ToolAnnotations(readOnlyHint: true)),
            Tool(name: "second_stand_in", description: "", annotations: ToolAnnotations(readOnlyHint: true)),
        ],
        origin: SkillOrigin(source: "benchmark", file: "benchmark")
    )

    /// Steps in rows: each takes the result of the step above it.
    static func grid(steps: Int, width: Int) -> Plan {
        let plan = (0..<steps).map { number in
            let above = number >= width ? "s\(number - width)" : nil
            return step(number, after: above.map { [$0] } ?? [], from: above)
        }
        return Plan(request: "do nothing, \(steps) times, \(width) at a time", decomposer: "none", steps: plan)
    }

    static func step(_ number: Int, after: [String], from source: String?) -> PlanStep {
        PlanStep(
            id: "s\(number)",
            subtask: Subtask(id: "s\(number)", text: "do nothing"),
            skill: skill.id,
            tool: "work",
            candidates: skill.tools.map { Candidate(skill: skill.id, tool: $0.name, score: 1) },
            dependsOn: after,
            arguments: source.map { ["n": ["$from": .string($0), "path": "/n"]] } ?? ["n": 0]
        )
    }

    /// A run that is kept and ready to be driven.
    static func create(
        _ plan: Plan,
        named id: String,
        in store: any RunStore,
        options: RunOptions
    ) async throws -> RunState {
        let preparation = RunPreparation(skills: [skill.id: skill]) { _, _ in true }
        let definition = try preparation.definition(
            of: plan,
            id: id,
            at: SystemRunClock().now,
            options: options,
            rules: ApprovalRules(),
            workspace: "/nonexistent"
        )
        try await store.create(definition)
        return RunState(definition)
    }
}
