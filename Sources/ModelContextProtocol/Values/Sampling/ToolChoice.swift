package import JSONSchema

/// Whether a model may, must or must not use tools.
package struct ToolChoice: MessageValue {
    package enum Mode: String, Choice {
        case auto
        case required
        case none
    }

    /// Absent means `auto`.
    package var mode: Mode?
    package var additional = JSONObject()

    package init(mode: Mode? = nil) { self.mode = mode }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the choice of tools")
        mode = try members.optional("mode")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["mode": mode?.json], keeping: additional)) }
}
