package import JSONSchema

/// A result that is none yet: the same request is to be sent again, with what is asked for here.
package struct InputRequiredResult: MessageValue {
    package static let resultType = ResultType.inputRequired

    package var inputRequests: InputRequests?
    /// What the client sends back as it is, without looking into it.
    package var requestState: String?
    package var additional = JSONObject()

    package init(inputRequests: InputRequests? = nil, requestState: String? = nil) {
        self.inputRequests = inputRequests
        self.requestState = requestState
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a result that needs input")
        try members.constant("resultType", Self.resultType)
        inputRequests = try members.optional("inputRequests")
        requestState = try members.optionalString("requestState")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "resultType": Self.resultType.json, "inputRequests": inputRequests?.json,
                    "requestState": requestState?.json,
                ],
                keeping: additional
            )
        )
    }
}
