package import JSONSchema

/// A client's answer to something a server needed.
package enum InputResponse: MessageValue {
    case elicitation(ElicitResult)
    case sampling(CreateMessageResult)
    case roots(ListRootsResult)

    /// Reads an answer, which does not name what it answers: its members tell.
    package init(json: JSONValue) throws(MalformedValue) {
        let members = try Members(json, of: "an answer to a request for input").rest
        self =
            if members["action"] != nil {
                .elicitation(try ElicitResult(json: json))
            } else if members["roots"] != nil {
                .roots(try ListRootsResult(json: json))
            } else if members["model"] != nil || members["role"] != nil {
                .sampling(try CreateMessageResult(json: json))
            } else {
                throw MalformedValue(problem: "an answer to a request for input must have action, roots or model")
            }
    }

    package var json: JSONValue {
        switch self {
        case .elicitation(let result): result.json
        case .sampling(let result): result.json
        case .roots(let result): result.json
        }
    }
}

/// What a client answers, under the names that the server chose.
package typealias InputResponses = NamedValues<InputResponse>
