package import JSONSchema

/// What a server says a tool does to the world.
///
/// These are hints, true only as far as the server is trusted.
package struct ToolAnnotations: MessageValue {
    /// A name for people.
    package var title: String?
    /// The tool changes nothing; absent means it may.
    package var readOnlyHint: Bool?
    /// What the tool changes may be lost; absent means so.
    package var destructiveHint: Bool?
    /// A second call with the same arguments changes nothing more; absent means it may.
    package var idempotentHint: Bool?
    /// The tool deals with an open world, such as the web; absent means so.
    package var openWorldHint: Bool?
    package var additional = JSONObject()

    package init(
        title: String? = nil,
        readOnlyHint: Bool? = nil,
        destructiveHint: Bool? = nil,
        idempotentHint: Bool? = nil,
        openWorldHint: Bool? = nil
    ) {
        self.title = title
        self.readOnlyHint = readOnlyHint
        self.destructiveHint = destructiveHint
        self.idempotentHint = idempotentHint
        self.openWorldHint = openWorldHint
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the annotations of a tool")
        title = try members.optionalString("title")
        readOnlyHint = try members.optionalBool("readOnlyHint")
        destructiveHint = try members.optionalBool("destructiveHint")
        idempotentHint = try members.optionalBool("idempotentHint")
        openWorldHint = try members.optionalBool("openWorldHint")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "title": title?.json, "readOnlyHint": readOnlyHint?.json,
                    "destructiveHint": destructiveHint?.json, "idempotentHint": idempotentHint?.json,
                    "openWorldHint": openWorldHint?.json,
                ],
                keeping: additional
            )
        )
    }
}
