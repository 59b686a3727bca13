package import JSONSchema

/// Which tool is called and with what, and what the server was told when it asked back.
package struct CallToolParams: MessageValue {
    package var name: String
    package var arguments: JSONObject?
    package var inputResponses: InputResponses?
    package var requestState: String?
    package var additional = JSONObject()

    package init(
        name: String,
        arguments: JSONObject? = nil,
        inputResponses: InputResponses? = nil,
        requestState: String? = nil
    ) {
        self.name = name
        self.arguments = arguments
        self.inputResponses = inputResponses
        self.requestState = requestState
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of tools/call")
        name = try members.string("name")
        arguments = try members.optionalObject("arguments")
        inputResponses = try members.optional("inputResponses")
        requestState = try members.optionalString("requestState")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "name": name.json, "arguments": arguments?.json, "inputResponses": inputResponses?.json,
                    "requestState": requestState?.json,
                ],
                keeping: additional
            )
        )
    }
}
