package import JSONSchema

/// A list that one side offers: tools, prompts, or the roots of a client.
package struct ListCapability: MessageValue {
    /// Whether a change of the list is announced; absent means no.
    package var listChanged: Bool?
    package var additional = JSONObject()

    package init(listChanged: Bool? = nil) { self.listChanged = listChanged }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a capability")
        listChanged = try members.optionalBool("listChanged")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["listChanged": listChanged?.json], keeping: additional)) }
}
