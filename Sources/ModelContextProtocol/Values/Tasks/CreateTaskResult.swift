package import JSONSchema

/// A task in place of a result: the request is worked on, and `tasks/get` tells how far it is.
package struct CreateTaskResult: MessageValue {
    package static let resultType = ResultType.task

    package var task: TaskSummary

    package init(_ task: TaskSummary) { self.task = task }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a task in place of a result")
        try members.constant("resultType", Self.resultType)
        task = try TaskSummary(json: .object(members.rest))
    }

    package var json: JSONValue {
        .object(JSONObject(["resultType": Self.resultType.json], keeping: task.members))
    }

    /// The members that are not known.
    package var additional: JSONObject {
        get { task.additional }
        set { task.additional = newValue }
    }
}
