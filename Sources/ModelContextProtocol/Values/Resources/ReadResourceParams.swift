package import JSONSchema

/// Which resource is read, and what the server was told when it asked back.
package struct ReadResourceParams: MessageValue {
    package var uri: String
    package var inputResponses: InputResponses?
    package var requestState: String?
    package var additional = JSONObject()

    package init(uri: String, inputResponses: InputResponses? = nil, requestState: String? = nil) {
        self.uri = uri
        self.inputResponses = inputResponses
        self.requestState = requestState
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of resources/read")
        uri = try members.string("uri")
        inputResponses = try members.optional("inputResponses")
        requestState = try members.optionalString("requestState")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["uri": uri.json, "inputResponses": inputResponses?.json, "requestState": requestState?.json],
                keeping: additional
            )
        )
    }
}
