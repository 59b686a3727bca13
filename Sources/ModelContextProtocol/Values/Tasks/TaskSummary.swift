package import JSONSchema

/// A request that is worked on after it was answered, as the Tasks extension (SEP-2663) describes it.
package struct TaskSummary: MessageValue {
    /// Whoever knows it can read and cancel the task.
    package var taskID: String
    package var status: TaskStatus
    /// What the task is doing or how it ended, for a model or a person.
    package var statusMessage: String?
    /// ISO 8601.
    package var createdAt: String
    /// ISO 8601.
    package var lastUpdatedAt: String
    /// Milliseconds after its creation that the task may be forgotten; nil means never.
    package var ttlMs: Int?
    /// Milliseconds to wait between two questions.
    package var pollIntervalMs: Int?
    package var additional = JSONObject()

    package init(
        taskID: String,
        status: TaskStatus,
        statusMessage: String? = nil,
        createdAt: String,
        lastUpdatedAt: String,
        ttlMs: Int? = nil,
        pollIntervalMs: Int? = nil
    ) {
        self.taskID = taskID
        self.status = status
        self.statusMessage = statusMessage
        self.createdAt = createdAt
        self.lastUpdatedAt = lastUpdatedAt
        self.ttlMs = ttlMs
        self.pollIntervalMs = pollIntervalMs
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a task")
        taskID = try members.string("taskId")
        status = try members.required("status")
        statusMessage = try members.optionalString("statusMessage")
        createdAt = try members.string("createdAt")
        lastUpdatedAt = try members.string("lastUpdatedAt")
        ttlMs = try members.optionalInteger("ttlMs")
        pollIntervalMs = try members.optionalInteger("pollIntervalMs")
        additional = members.rest
    }

    package var json: JSONValue { .object(members) }

    /// The members as they are sent; no time to live is said with null.
    var members: JSONObject {
        JSONObject(
            [
                "taskId": taskID.json, "status": status.json, "statusMessage": statusMessage?.json,
                "createdAt": createdAt.json, "lastUpdatedAt": lastUpdatedAt.json, "ttlMs": ttlMs?.json ?? .null,
                "pollIntervalMs": pollIntervalMs?.json,
            ],
            keeping: additional
        )
    }
}
