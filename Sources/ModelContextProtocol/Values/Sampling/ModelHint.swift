package import JSONSchema

/// A name, or a part of one, of a model that would do.
package struct ModelHint: MessageValue {
    package var name: String?
    package var additional = JSONObject()

    package init(name: String? = nil) { self.name = name }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a hint of a model")
        name = try members.optionalString("name")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["name": name?.json], keeping: additional)) }
}
