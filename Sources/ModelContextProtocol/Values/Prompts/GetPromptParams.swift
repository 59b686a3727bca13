package import JSONSchema

/// Which prompt is wanted and what it is filled in with, and what the server was told when it asked back.
package struct GetPromptParams: MessageValue {
    package var name: String
    package var arguments: NamedValues<String>?
    package var inputResponses: InputResponses?
    package var requestState: String?
    package var additional = JSONObject()

    package init(
        name: String,
        arguments: NamedValues<String>? = nil,
        inputResponses: InputResponses? = nil,
        requestState: String? = nil
    ) {
        self.name = name
        self.arguments = arguments
        self.inputResponses = inputResponses
        self.requestState = requestState
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of prompts/get")
        name = try members.string("name")
        arguments = try members.optional("arguments")
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
