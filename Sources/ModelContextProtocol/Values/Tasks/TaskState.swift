package import JSONSchema

/// A task with what its status brings along: what `tasks/get` answers and `notifications/tasks` tells.
package struct TaskState: MessageValue {
    /// What comes with the status of a task.
    package enum Payload: Sendable, Hashable {
        case working
        /// What the client is to answer, everything that is outstanding.
        case inputRequired(InputRequests)
        /// The result of the request.
        case completed(JSONObject)
        case failed(ProtocolError)
        case cancelled

        package var status: TaskStatus {
            switch self {
            case .working: .working
            case .inputRequired: .inputRequired
            case .completed: .completed
            case .failed: .failed
            case .cancelled: .cancelled
            }
        }
    }

    /// The task; its status is the payload's.
    package private(set) var task: TaskSummary
    package var payload: Payload {
        didSet { task.status = payload.status }
    }

    package init(_ task: TaskSummary, _ payload: Payload) {
        self.task = task
        self.task.status = payload.status
        self.payload = payload
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var task = try TaskSummary(json: json)
        var members = try Members(.object(task.additional), of: "a task")
        payload =
            switch task.status {
            case .working: .working
            case .inputRequired: .inputRequired(try members.required("inputRequests"))
            case .completed: .completed(try members.object("result"))
            case .failed: .failed(try members.required("error"))
            case .cancelled: .cancelled
            }
        task.additional = members.rest
        self.task = task
    }

    package var json: JSONValue {
        var members = task.members
        switch payload {
        case .working, .cancelled: break
        case .inputRequired(let requests): members["inputRequests"] = requests.json
        case .completed(let result): members["result"] = result.json
        case .failed(let error): members["error"] = error.json
        }
        return .object(members)
    }

    /// The members that are not known.
    package var additional: JSONObject {
        get { task.additional }
        set { task.additional = newValue }
    }
}
