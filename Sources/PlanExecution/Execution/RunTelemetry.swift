import Observability
import PlanComposition

/// What is said about driving a run: one span from its beginning or resumption until it ends or pauses.
enum RunTelemetry {
    /// What runs are called where things of few names are wanted.
    private static let workflow: Attributes = [.operationName: "invoke_workflow", .workflowName: "run"]

    static func measuring(
        _ state: RunState,
        trace: RunTraceFile?,
        isolation: isolated (any Actor)? = #isolation,
        _ work: () async throws(RunStoreError) -> RunState
    ) async throws(RunStoreError) -> RunState {
        let telemetry = Telemetry.current
        guard let timer = telemetry.beginTiming() else { return try await work() }
        return try await withSpan(
            "invoke_workflow run",
            links: trace?.links() ?? [],
            attributes: workflow.merging([
                .run: .string(state.definition.id), .stepCount: .integer(state.definition.plan.steps.count),
            ])
        ) { (span) async throws(RunStoreError) -> RunState in
            trace?.note(span.context)
            do throws(RunStoreError) {
                let end = try await work()
                let outcome = end.phase.rawValue
                span.set(.runOutcome, .string(outcome))
                if end.phase == .failed { span.fail("run_failed") }
                note(telemetry, timer, outcome, error: end.phase == .failed ? "run_failed" : nil)
                return end
            } catch {
                span.fail(error.kind.rawValue)
                note(telemetry, timer, "interrupted", error: error.kind.rawValue)
                throw error
            }
        }
    }

    private static func note(_ telemetry: Telemetry, _ timer: OperationTimer, _ outcome: String, error: String?) {
        telemetry.metrics?.record(
            .workflowDuration,
            timer.seconds,
            [.workflowName: "run", .errorType: error.map { .string($0) }]
        )
        telemetry.metrics?.record(.runs, 1, [.runOutcome: .string(outcome)])
    }
}

extension RunTransition {
    /// Counts what was done about a failure.
    func count() {
        switch self {
        case .retryPlanned: Telemetry.record(.retries)
        case .repaired: Telemetry.record(.repairs)
        case .fellBack: Telemetry.record(.fallbacks)
        case .replanned: Telemetry.record(.replans)
        default: break
        }
    }
}
