package import JSONSchema

/// The name and version of a client or a server.
package struct Implementation: MessageValue {
    package var name: String
    package var version: String
    /// A name for people.
    package var title: String?
    package var description: String?
    package var websiteURL: String?
    package var additional = JSONObject()

    package init(
        name: String,
        version: String,
        title: String? = nil,
        description: String? = nil,
        websiteURL: String? = nil
    ) {
        self.name = name
        self.version = version
        self.title = title
        self.description = description
        self.websiteURL = websiteURL
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "an implementation")
        name = try members.string("name")
        version = try members.string("version")
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        websiteURL = try members.optionalString("websiteUrl")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "name": name.json, "version": version.json, "title": title?.json,
                    "description": description?.json, "websiteUrl": websiteURL?.json,
                ],
                keeping: additional
            )
        )
    }
}
