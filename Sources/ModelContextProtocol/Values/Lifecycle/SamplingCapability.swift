package import JSONSchema

/// What a client that runs a model for its servers lets them ask of it.
package struct SamplingCapability: MessageValue {
    /// Settings of context that may be included; nil where a server should include none.
    package var context: JSONObject?
    /// Settings of tools in a request; nil where a request may have none.
    package var tools: JSONObject?
    package var additional = JSONObject()

    package init(context: Bool = false, tools: Bool = false) {
        self.context = context ? JSONObject() : nil
        self.tools = tools ? JSONObject() : nil
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the sampling capability")
        context = try members.optionalObject("context")
        tools = try members.optionalObject("tools")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["context": context?.json, "tools": tools?.json], keeping: additional))
    }
}
