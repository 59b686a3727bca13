import CommandLineInterface
import PlanComposition
import SkillCatalog
import SkillRouting
import SkillWeaver

/// Fills in what a plan leaves open, from the command line or by asking at the terminal.
enum PlanAnswers {
    /// - Parameter answers: `s1.url=VALUE`.
    static func filled(
        _ plan: Plan,
        with answers: [String],
        from router: SkillRouter,
        console context: CommandContext
    ) async throws -> Plan {
        var plan = plan
        let skills = try await router.skills(plan.steps.compactMap(\.skill))
        for answer in answers {
            guard let sign = answer.firstIndex(of: "="), let dot = answer[..<sign].firstIndex(of: ".") else {
                throw CommandError.usage("--answer is STEP.ARGUMENT=VALUE, not '\(answer)'")
            }
            plan = try plan.answering(
                step: String(answer[..<dot]),
                argument: String(answer[answer.index(after: dot)..<sign]),
                text: String(answer[answer.index(after: sign)...]),
                of: tool(of: plan.step(String(answer[..<dot])), in: skills)
            )
        }
        guard !context.wantsJSON, let prompter = TerminalPrompter(context.console) else { return plan }
        for question in plan.questions {
            context.console.note("\(question.step): \(question.text)")
            context.console.prompt("value (empty to be asked later): ")
            guard let line = try await prompter.lines.next()?.trimmed else { break }
            guard !line.isEmpty else { continue }
            let tool = tool(of: plan.step(question.step), in: skills)
            plan = try plan.answering(step: question.step, argument: question.argument, text: line, of: tool)
        }
        return plan
    }

    private static func tool(of step: PlanStep?, in skills: [String: Skill]) -> Tool? {
        step?.skill.flatMap { skills[$0] }.flatMap { skill in step?.tool.flatMap(skill.tool(named:)) }
    }
}
