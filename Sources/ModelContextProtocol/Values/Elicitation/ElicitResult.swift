package import JSONSchema

/// What a user made of a question.
package struct ElicitResult: MessageValue {
    package enum Action: String, Choice {
        /// The user answered, or agreed to open the address.
        case accept
        /// The user said no.
        case decline
        /// The user chose neither.
        case cancel
    }

    package var action: Action
    /// The fields of the form; only where one was filled in.
    package var content: JSONObject?
    package var additional = JSONObject()

    package init(action: Action, content: JSONObject? = nil) {
        self.action = action
        self.content = content
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the answer to elicitation/create")
        action = try members.required("action")
        content = try members.optionalObject("content")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["action": action.json, "content": content?.json], keeping: additional))
    }
}
