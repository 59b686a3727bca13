package import JSONSchema

/// The least grave log messages that a legacy client wants to hear.
package struct SetLevelParams: MessageValue {
    package var level: LogLevel
    package var additional = JSONObject()

    package init(level: LogLevel) { self.level = level }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of logging/setLevel")
        level = try members.required("level")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["level": level.json], keeping: additional)) }
}
