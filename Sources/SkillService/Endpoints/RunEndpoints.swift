import HTTPTransport
import JSONSchema
import PlanExecution

/// Runs: begun, looked at, answered, ended.
enum RunEndpoints {
    static func all(_ service: RunService) -> [Endpoint] {
        [
            Endpoint(
                method: .post,
                path: "/v1/runs",
                operation: "createRun",
                summary: "Begins a run of a plan, or of a request that is planned first.",
                tag: "runs",
                scope: .runsWrite,
                body: .init(schema: .runInput, maximumBytes: RouteEndpoints.mostPlanBytes),
                answers: [
                    .init(
                        status: 201,
                        summary: "The run, which goes on.",
                        shape: .run,
                        headers: ["Location": "Where the run is."]
                    ),
                    .init(status: 200, summary: "The run that this idempotency key began before.", shape: .run),
                ],
                problems: [404, 409, 422],
                isHeavy: true
            ) { call in try await service.create(call) },
            Endpoint(
                method: .get,
                path: "/v1/runs",
                operation: "listRuns",
                summary: "Runs, newest first.",
                tag: "runs",
                scope: .runsRead,
                parameters: [
                    .init(
                        name: "phase",
                        schema: Shapes.list(Shapes.choice(RunPhase.allCases.map(\.rawValue))),
                        summary: "Only runs in these phases."
                    ),
                    .init(name: "limit", schema: Shapes.integer(1...200, standard: 20), summary: "Runs of a page."),
                    .init(name: "after", schema: Shapes.text(1...100), summary: "`next` of the page before."),
                ],
                answers: [.init(status: 200, summary: "A page.", shape: .runPage)],
                problems: [404]
            ) { call in try await service.list(call) },
            Endpoint(
                method: .get,
                path: "/v1/runs/{run}",
                operation: "getRun",
                summary: "One run: its steps, what was tried, what is asked.",
                tag: "runs",
                scope: .runsRead,
                answers: [.init(status: 200, summary: "The run.", shape: .run)],
                problems: [404, 409]
            ) { call in .json(try await service.json(of: call.place("run"))) },
            Endpoint(
                method: .get,
                path: "/v1/runs/{run}/events",
                operation: "followRun",
                summary: "What happens in a run, as it happens; Last-Event-ID goes on behind an event.",
                tag: "runs",
                scope: .runsRead,
                parameters: [
                    .init(
                        name: "after",
                        schema: Shapes.integer(0...Int(Int32.max)),
                        summary: "Only events behind this sequence."
                    )
                ],
                answers: [.init(status: 200, summary: "The events.", mediaType: "text/event-stream")],
                problems: [404, 409],
                isStream: true
            ) { call in try await service.events(call) },
            Endpoint(
                method: .post,
                path: "/v1/runs/{run}/answers",
                operation: "answerRun",
                summary: "Answers what a run asks, and has it go on.",
                tag: "runs",
                scope: .runsWrite,
                body: .init(schema: .answersInput),
                answers: [.init(status: 200, summary: "The run.", shape: .run)],
                problems: [404, 409, 422]
            ) { call in try await service.answer(call) },
            Endpoint(
                method: .post,
                path: "/v1/runs/{run}/resume",
                operation: "resumeRun",
                summary: "Goes on with a run that was interrupted.",
                tag: "runs",
                scope: .runsWrite,
                body: .init(schema: .nothingInput),
                answers: [.init(status: 202, summary: "The run, which goes on.", shape: .run)],
                problems: [404, 409]
            ) { call in try await service.resume(call) },
            Endpoint(
                method: .post,
                path: "/v1/runs/{run}/cancel",
                operation: "cancelRun",
                summary: "Ends a run for good.",
                tag: "runs",
                scope: .runsWrite,
                body: .init(schema: .nothingInput),
                answers: [.init(status: 200, summary: "The run.", shape: .run)],
                problems: [404, 409]
            ) { call in try await service.cancel(call) },
            Endpoint(
                method: .delete,
                path: "/v1/runs/{run}",
                operation: "deleteRun",
                summary: "Forgets a run that has ended, with its journal.",
                tag: "runs",
                scope: .runsWrite,
                answers: [.init(status: 204, summary: "It is forgotten.")],
                problems: [404, 409]
            ) { call in try await service.delete(call) },
        ]
    }
}
