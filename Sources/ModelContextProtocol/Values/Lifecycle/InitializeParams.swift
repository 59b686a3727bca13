package import JSONSchema

/// How a legacy client introduces itself with `initialize`.
package struct InitializeParams: MessageValue {
    /// The version of the protocol the client would like to speak.
    package var protocolVersion: String
    package var capabilities: ClientCapabilities
    package var clientInfo: Implementation
    package var additional = JSONObject()

    package init(protocolVersion: String, capabilities: ClientCapabilities, clientInfo: Implementation) {
        self.protocolVersion = protocolVersion
        self.capabilities = capabilities
        self.clientInfo = clientInfo
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of initialize")
        protocolVersion = try members.string("protocolVersion")
        capabilities = try members.required("capabilities")
        clientInfo = try members.required("clientInfo")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "protocolVersion": protocolVersion.json, "capabilities": capabilities.json,
                    "clientInfo": clientInfo.json,
                ],
                keeping: additional
            )
        )
    }
}
