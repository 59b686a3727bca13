package import JSONSchema

/// What a client can do for a server; in the modern era stated with every request, in the legacy one once.
package struct ClientCapabilities: MessageValue {
    package var elicitation: ElicitationCapability?
    package var sampling: SamplingCapability?
    package var roots: ListCapability?
    /// Settings of extensions by their identifiers; an empty object means support without settings.
    package var extensions: JSONObject?
    package var additional = JSONObject()

    package init(
        elicitation: ElicitationCapability? = nil,
        sampling: SamplingCapability? = nil,
        roots: ListCapability? = nil,
        extensions: JSONObject? = nil
    ) {
        self.elicitation = elicitation
        self.sampling = sampling
        self.roots = roots
        self.extensions = extensions
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the capabilities of a client")
        elicitation = try members.optional("elicitation")
        sampling = try members.optional("sampling")
        roots = try members.optional("roots")
        extensions = try members.optionalObject("extensions")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "elicitation": elicitation?.json, "sampling": sampling?.json, "roots": roots?.json,
                    "extensions": extensions?.json,
                ],
                keeping: additional
            )
        )
    }

    /// Whether an extension is supported, whatever its settings.
    package func supports(extension identifier: String) -> Bool { extensions?[identifier]?.objectValue != nil }
}
