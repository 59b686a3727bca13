package import JSONSchema

/// A resource that a result points at: it can be read from the same server, and need not be in its lists.
package struct ResourceLink: MessageValue {
    static let type = "resource_link"

    package var resource: Resource

    package init(_ resource: Resource) { self.resource = resource }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a link to a resource")
        try members.constant("type", Self.type)
        resource = try Resource(json: .object(members.rest))
    }

    package var json: JSONValue {
        var members = JSONObject(["type": Self.type.json])
        for (name, value) in resource.members { members[name] = value }
        return .object(members)
    }

    /// The members of the resource that are not known.
    package var additional: JSONObject {
        get { resource.additional }
        set { resource.additional = newValue }
    }
}
