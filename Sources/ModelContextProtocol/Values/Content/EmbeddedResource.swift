package import JSONSchema

/// A resource that comes whole within a result.
package struct EmbeddedResource: MessageValue {
    static let type = "resource"

    package var resource: ResourceContents
    package var annotations: Annotations?
    package var additional = JSONObject()

    package init(_ resource: ResourceContents, annotations: Annotations? = nil) {
        self.resource = resource
        self.annotations = annotations
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "an embedded resource")
        try members.constant("type", Self.type)
        resource = try members.required("resource")
        annotations = try members.optional("annotations")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["type": Self.type.json, "resource": resource.json, "annotations": annotations?.json],
                keeping: additional
            )
        )
    }
}
