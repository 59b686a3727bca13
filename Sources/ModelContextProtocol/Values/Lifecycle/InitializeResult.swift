package import JSONSchema

/// How a legacy server answers `initialize`.
package struct InitializeResult: MessageValue {
    /// The version of the protocol this session speaks from now on.
    package var protocolVersion: String
    package var capabilities: ServerCapabilities
    package var serverInfo: Implementation
    /// How to use the server well, for a model to read.
    package var instructions: String?
    package var additional = JSONObject()

    package init(
        protocolVersion: String,
        capabilities: ServerCapabilities,
        serverInfo: Implementation,
        instructions: String? = nil
    ) {
        self.protocolVersion = protocolVersion
        self.capabilities = capabilities
        self.serverInfo = serverInfo
        self.instructions = instructions
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the answer to initialize")
        protocolVersion = try members.string("protocolVersion")
        capabilities = try members.required("capabilities")
        serverInfo = try members.required("serverInfo")
        instructions = try members.optionalString("instructions")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "protocolVersion": protocolVersion.json, "capabilities": capabilities.json,
                    "serverInfo": serverInfo.json, "instructions": instructions?.json,
                ],
                keeping: additional
            )
        )
    }
}
