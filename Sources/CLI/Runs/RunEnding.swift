import CommandLineInterface
import PlanExecution
import SkillWeaver

/// What is said when a run stops being driven, and the exit code that says the same.
enum RunEnding {
    /// Exit codes of `run` and `resume`, for their help pages.
    static let exitCodes = """
        Exits with 0 when every step succeeded or was skipped by its condition, with 1 when a step failed, with 4 when the \
        run waits for a person, with 130 when it was interrupted. What the journal has is safe in every case.
        """

    static func report(_ state: RunState, in context: CommandContext) throws -> ExitCode {
        let run = state.definition.id
        let console = context.console
        switch state.phase {
        case .succeeded:
            try results(state, in: context)
            console.note("run \(run) succeeded; files are in \(state.definition.workspace)")
            return .done
        case .failed, .cancelled:
            console.note("run \(run) \(state.phase.rawValue); see 'skillweaver runs show \(run) --report'")
            return .failed
        case .waiting:
            for open in state.openQuestions { console.note(Self.text(of: open, run: run)) }
            return .waiting
        case .interrupted, .running:
            console.note("run \(run) stopped; go on with 'skillweaver resume \(run)'")
            return .interrupted
        }
    }

    /// A question with what to write to answer it.
    static func text(of open: OpenQuestion, run: String) -> String {
        let question = open.question
        var lines = ["\(open.task): \(question.text)"]
        lines += question.argumentLines.map { "    \($0)" }
        let resume = "skillweaver resume \(run)"
        switch question.kind {
        case .approval, .changedSkill:
            lines.append("    '\(resume) --approve \(open.task)' or '\(resume) --deny \(open.task)'")
        case .argument:
            lines.append("    '\(resume) --answer \(open.task.step).\(question.argument ?? "")=VALUE'")
        case .unknownOutcome:
            lines.append(
                "    '\(resume) --approve \(open.task)' to call it again, '--done \(open.task)' when it took effect, "
                    + "'--deny \(open.task)' to give up"
            )
        }
        return lines.joined(separator: "\n")
    }

    /// The results of the steps nobody used, for people.
    private static func results(_ state: RunState, in context: CommandContext) throws {
        guard !context.wantsJSON else { return }
        for (position, step) in state.definition.plan.steps.enumerated() {
            guard state.graph.dependants[position].isEmpty, let result = state.steps[position].result else { continue }
            let text = result.serialized(.indented).printable
            try context.console.writeLine("\(step.id): \(text.count > 2_000 ? "\(text.prefix(2_000))…" : text)")
        }
    }
}
