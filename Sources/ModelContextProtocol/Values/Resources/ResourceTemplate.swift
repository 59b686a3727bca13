package import JSONSchema

/// A family of resources whose addresses follow one pattern.
package struct ResourceTemplate: PagedItem {
    package static let listName = "resourceTemplates"

    /// The pattern, in the notation of RFC 6570.
    package var uriTemplate: String
    package var name: String
    /// A name for people.
    package var title: String?
    package var description: String?
    package var mimeType: String?
    package var annotations: Annotations?
    package var additional = JSONObject()

    package init(
        uriTemplate: String,
        name: String,
        title: String? = nil,
        description: String? = nil,
        mimeType: String? = nil,
        annotations: Annotations? = nil
    ) {
        self.uriTemplate = uriTemplate
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
        self.annotations = annotations
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a template of resources")
        uriTemplate = try members.string("uriTemplate")
        name = try members.string("name")
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        mimeType = try members.optionalString("mimeType")
        annotations = try members.optional("annotations")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "uriTemplate": uriTemplate.json, "name": name.json, "title": title?.json,
                    "description": description?.json, "mimeType": mimeType?.json, "annotations": annotations?.json,
                ],
                keeping: additional
            )
        )
    }
}
