package import JSONSchema

/// What a tool gave that a model wished to use.
package struct ToolResultContent: MessageValue {
    static let type = "tool_result"

    /// The use it answers.
    package var toolUseID: String
    /// What the tool gave, with its data and whether it failed.
    package var result: CallToolResult

    package init(toolUseID: String, result: CallToolResult) {
        self.toolUseID = toolUseID
        self.result = result
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the result of a tool")
        try members.constant("type", Self.type)
        toolUseID = try members.string("toolUseId")
        result = try CallToolResult(json: .object(members.rest))
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["type": Self.type.json, "toolUseId": toolUseID.json],
                keeping: result.json.objectValue ?? JSONObject()
            )
        )
    }

    /// The members that are not known.
    package var additional: JSONObject {
        get { result.additional }
        set { result.additional = newValue }
    }
}
