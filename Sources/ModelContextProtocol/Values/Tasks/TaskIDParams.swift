package import JSONSchema

/// The one task that is asked for or cancelled.
package struct TaskIDParams: MessageValue {
    package var taskID: String
    package var additional = JSONObject()

    package init(taskID: String) { self.taskID = taskID }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of a request about a task")
        taskID = try members.string("taskId")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["taskId": taskID.json], keeping: additional)) }
}
