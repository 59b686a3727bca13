package import JSONSchema

/// Hints on how a piece of content or a resource is used or shown.
package struct Annotations: MessageValue {
    package var audience: [Role]?
    /// From 0, entirely optional, to 1, needed.
    package var priority: Double?
    /// When it last changed, in ISO 8601.
    package var lastModified: String?
    package var additional = JSONObject()

    package init(audience: [Role]? = nil, priority: Double? = nil, lastModified: String? = nil) {
        self.audience = audience
        self.priority = priority
        self.lastModified = lastModified
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "annotations")
        audience = try members.optionalList("audience")
        priority = try members.optionalNumber("priority")
        lastModified = try members.optionalString("lastModified")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["audience": audience?.json, "priority": priority?.json, "lastModified": lastModified?.json],
                keeping: additional
            )
        )
    }
}
