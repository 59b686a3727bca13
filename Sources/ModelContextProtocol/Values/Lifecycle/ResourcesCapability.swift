package import JSONSchema

/// The resources a server offers.
package struct ResourcesCapability: MessageValue {
    /// Whether a change of one resource is announced to those who asked; absent means no.
    package var subscribe: Bool?
    /// Whether a change of the list is announced; absent means no.
    package var listChanged: Bool?
    package var additional = JSONObject()

    package init(subscribe: Bool? = nil, listChanged: Bool? = nil) {
        self.subscribe = subscribe
        self.listChanged = listChanged
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the resources capability")
        subscribe = try members.optionalBool("subscribe")
        listChanged = try members.optionalBool("listChanged")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["subscribe": subscribe?.json, "listChanged": listChanged?.json], keeping: additional))
    }
}
