package import JSONSchema

/// What a server offers.
package struct ServerCapabilities: MessageValue {
    package var tools: ListCapability?
    package var resources: ResourcesCapability?
    package var prompts: ListCapability?
    /// Settings of log messages; nil where none are sent.
    package var logging: JSONObject?
    /// Settings of completions; nil where none are offered.
    package var completions: JSONObject?
    /// Settings of extensions by their identifiers; an empty object means support without settings.
    package var extensions: JSONObject?
    package var additional = JSONObject()

    package init(
        tools: ListCapability? = nil,
        resources: ResourcesCapability? = nil,
        prompts: ListCapability? = nil,
        logging: JSONObject? = nil,
        completions: JSONObject? = nil,
        extensions: JSONObject? = nil
    ) {
        self.tools = tools
        self.resources = resources
        self.prompts = prompts
        self.logging = logging
        self.completions = completions
        self.extensions = extensions
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the capabilities of a server")
        tools = try members.optional("tools")
        resources = try members.optional("resources")
        prompts = try members.optional("prompts")
        logging = try members.optionalObject("logging")
        completions = try members.optionalObject("completions")
        extensions = try members.optionalObject("extensions")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "tools": tools?.json, "resources": resources?.json, "prompts": prompts?.json,
                    "logging": logging?.json, "completions": completions?.json, "extensions": extensions?.json,
                ],
                keeping: additional
            )
        )
    }

    /// Whether an extension is supported, whatever its settings.
    package func supports(extension identifier: String) -> Bool { extensions?[identifier]?.objectValue != nil }
}
