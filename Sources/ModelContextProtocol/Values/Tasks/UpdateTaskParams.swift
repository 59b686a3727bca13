package import JSONSchema

/// What a client answers to a task that needs input: everything outstanding, or a part of it.
package struct UpdateTaskParams: MessageValue {
    package var taskID: String
    package var inputResponses: InputResponses
    package var additional = JSONObject()

    package init(taskID: String, inputResponses: InputResponses) {
        self.taskID = taskID
        self.inputResponses = inputResponses
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of tasks/update")
        taskID = try members.string("taskId")
        inputResponses = try members.required("inputResponses")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(["taskId": taskID.json, "inputResponses": inputResponses.json], keeping: additional)
        )
    }
}
