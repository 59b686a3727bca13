package import JSONSchema

/// A log message of a server.
package struct LogMessageParams: MessageValue {
    package var level: LogLevel
    /// The part of the server it comes from.
    package var logger: String?
    package var data: JSONValue
    package var additional = JSONObject()

    package init(level: LogLevel, logger: String? = nil, data: JSONValue) {
        self.level = level
        self.logger = logger
        self.data = data
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a log message")
        level = try members.required("level")
        logger = try members.optionalString("logger")
        data = try members.anything("data")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["level": level.json, "logger": logger?.json, "data": data], keeping: additional))
    }
}
