package import JSONSchema

/// What a client wants to hear of, or a server agreed to tell.
package struct SubscriptionFilter: MessageValue {
    package var toolsListChanged: Bool?
    package var promptsListChanged: Bool?
    package var resourcesListChanged: Bool?
    /// Addresses of resources whose changes are told.
    package var resourceSubscriptions: [String]?
    /// Tasks whose changes are told; a member of the Tasks extension.
    package var taskIDs: [String]?
    package var additional = JSONObject()

    package init(
        toolsListChanged: Bool? = nil,
        promptsListChanged: Bool? = nil,
        resourcesListChanged: Bool? = nil,
        resourceSubscriptions: [String]? = nil,
        taskIDs: [String]? = nil
    ) {
        self.toolsListChanged = toolsListChanged
        self.promptsListChanged = promptsListChanged
        self.resourcesListChanged = resourcesListChanged
        self.resourceSubscriptions = resourceSubscriptions
        self.taskIDs = taskIDs
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a filter of notifications")
        toolsListChanged = try members.optionalBool("toolsListChanged")
        promptsListChanged = try members.optionalBool("promptsListChanged")
        resourcesListChanged = try members.optionalBool("resourcesListChanged")
        resourceSubscriptions = try members.optionalStrings("resourceSubscriptions")
        taskIDs = try members.optionalStrings("taskIds")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "toolsListChanged": toolsListChanged?.json, "promptsListChanged": promptsListChanged?.json,
                    "resourcesListChanged": resourcesListChanged?.json,
                    "resourceSubscriptions": resourceSubscriptions?.json, "taskIds": taskIDs?.json,
                ],
                keeping: additional
            )
        )
    }
}
