import JSONSchema
import ModelContextProtocol
import PlanExecution

/// Runs as tasks of the protocol's extension: a run's id is its task's.
enum RunTasks {
    private static let pollMilliseconds = 1_000

    static func summary(_ state: RunState) -> TaskSummary {
        let settled = state.steps.count - state.unsettled
        return TaskSummary(
            taskID: state.definition.id,
            status: .working,
            statusMessage: "\(settled) of \(state.steps.count) steps are settled",
            createdAt: state.definition.createdAt.description,
            lastUpdatedAt: SystemRunClock().now.description,
            pollIntervalMs: pollMilliseconds
        )
    }

    static func state(
        _ state: RunState,
        _ context: RequestContext,
        _ store: any RunStore,
        isDriven: Bool
    ) async throws -> ModelContextProtocol.TaskState {
        let summary = summary(state)
        switch state.phase {
        case .running where isDriven: return ModelContextProtocol.TaskState(summary, .working)
        case .cancelled: return ModelContextProtocol.TaskState(summary, .cancelled)
        case .waiting:
            if context.capabilities.elicitation?.showsForms == true, let questions = RunQuestions.requests(for: state) {
                return ModelContextProtocol.TaskState(summary, .inputRequired(questions))
            }
        case .running, .interrupted, .succeeded, .failed: break
        }
        var result = try await SkillGateway.result(of: state.definition.id, state, store).json.objectValue ?? [:]
        result[ResultType.member] = .string(ResultType.complete)
        return ModelContextProtocol.TaskState(summary, .completed(result))
    }
}
