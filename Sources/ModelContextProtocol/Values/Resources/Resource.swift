package import JSONSchema

/// Something a server lets others read.
package struct Resource: PagedItem {
    package static let listName = "resources"

    package var uri: String
    package var name: String
    /// A name for people.
    package var title: String?
    package var description: String?
    package var mimeType: String?
    /// Bytes, before any encoding.
    package var size: Int?
    package var annotations: Annotations?
    package var additional = JSONObject()

    package init(
        uri: String,
        name: String,
        title: String? = nil,
        description: String? = nil,
        mimeType: String? = nil,
        size: Int? = nil,
        annotations: Annotations? = nil
    ) {
        self.uri = uri
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
        self.size = size
        self.annotations = annotations
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a resource")
        uri = try members.string("uri")
        name = try members.string("name")
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        mimeType = try members.optionalString("mimeType")
        size = try members.optionalInteger("size")
        annotations = try members.optional("annotations")
        additional = members.rest
    }

    package var json: JSONValue { .object(members) }

    var members: JSONObject {
        JSONObject(
            [
                "uri": uri.json, "name": name.json, "title": title?.json, "description": description?.json,
                "mimeType": mimeType?.json, "size": size?.json, "annotations": annotations?.json,
            ],
            keeping: additional
        )
    }
}
