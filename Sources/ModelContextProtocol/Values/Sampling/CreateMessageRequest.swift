package import JSONSchema

/// A server's question to a client's model.
package struct CreateMessageRequest: MessageValue {
    package static let method = Method.sample

    package var params: CreateMessageParams
    package var additional = JSONObject()

    package init(_ params: CreateMessageParams) { self.params = params }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a request")
        try members.constant("method", Self.method)
        params = try members.required("params")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["method": Self.method.json, "params": params.json], keeping: additional))
    }
}
