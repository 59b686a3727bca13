import JSONSchema
import ModelContextProtocol

/// Values of the Tasks extension, which publishes no schema.
enum TaskExamples {
    static func summary(_ status: TaskStatus) -> TaskSummary {
        TaskSummary(
            taskID: "1",
            status: status,
            statusMessage: "On it.",
            createdAt: "2026-07-28T10:00:00Z",
            lastUpdatedAt: "2026-07-28T10:00:05Z",
            ttlMs: 60_000,
            pollIntervalMs: 500
        )
    }

    static let payloads: [TaskState.Payload] = [
        .working,
        .inputRequired(BuiltValue.requests),
        .completed(["content": [["type": "text", "text": "Done."]], "isError": false]),
        .failed(ProtocolError(-32_603, "Internal error", data: ["a": 1])),
        .cancelled,
    ]

    static let all: [BuiltValue] =
        payloads.map { BuiltValue("DetailedTask", in: [], TaskState(summary(.working), $0)) } + [
            BuiltValue("CreateTaskResult", in: [], CreateTaskResult(summary(.working))),
            BuiltValue("GetTaskRequestParams", in: [], TaskIDParams(taskID: "1")),
            BuiltValue(
                "UpdateTaskRequestParams",
                in: [],
                UpdateTaskParams(taskID: "1", inputResponses: BuiltValue.responses)
            ),
        ]
}
