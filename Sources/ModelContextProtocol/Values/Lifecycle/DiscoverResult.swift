package import JSONSchema

/// What a modern server says of itself when `server/discover` asks.
package struct DiscoverResult: MessageValue {
    /// Versions of the protocol the server speaks.
    package var supportedVersions: [String]
    package var capabilities: ServerCapabilities
    /// How to use the server well, for a model to read.
    package var instructions: String?
    package var cache: CacheHint?
    package var additional = JSONObject()

    package init(
        supportedVersions: [String],
        capabilities: ServerCapabilities,
        instructions: String? = nil,
        cache: CacheHint? = nil
    ) {
        self.supportedVersions = supportedVersions
        self.capabilities = capabilities
        self.instructions = instructions
        self.cache = cache
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the answer to server/discover")
        supportedVersions = try members.strings("supportedVersions")
        capabilities = try members.required("capabilities")
        instructions = try members.optionalString("instructions")
        cache = try members.cacheHint()
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "supportedVersions": supportedVersions.json, "capabilities": capabilities.json,
                    "instructions": instructions?.json, "ttlMs": cache?.ttlMs.json, "cacheScope": cache?.scope.json,
                ],
                keeping: additional
            )
        )
    }
}
