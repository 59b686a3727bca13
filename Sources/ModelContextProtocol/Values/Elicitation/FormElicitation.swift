package import JSONSchema

/// A form for the user to fill in.
package struct FormElicitation: MessageValue {
    static let mode = "form"

    package var message: String
    package var requestedSchema: FormSchema
    package var additional = JSONObject()

    package init(message: String, requestedSchema: FormSchema) {
        self.message = message
        self.requestedSchema = requestedSchema
    }

    /// Reads the form; its mode may be left out and stays with the members that are kept, so that it is written as it was.
    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a form")
        if members.rest["mode"] ?? .null != .null, members.rest["mode"] != .string(Self.mode) {
            throw MalformedValue(["mode"], problem: "must be \"\(Self.mode)\"")
        }
        message = try members.string("message")
        requestedSchema = try members.required("requestedSchema")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(["message": message.json, "requestedSchema": requestedSchema.json], keeping: additional)
        )
    }
}
