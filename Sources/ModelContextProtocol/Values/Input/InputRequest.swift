package import JSONSchema

/// Something a server needs of the client before it can go on.
package enum InputRequest: MessageValue {
    private enum Kind: String, Choice {
        case elicitation = "elicitation/create"
        case sampling = "sampling/createMessage"
        case roots = "roots/list"
    }

    case elicitation(ElicitRequest)
    case sampling(CreateMessageRequest)
    case roots(ListRootsRequest)

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a request for input")
        self =
            switch try members.required("method", Kind.self) {
            case .elicitation: .elicitation(try ElicitRequest(json: json))
            case .sampling: .sampling(try CreateMessageRequest(json: json))
            case .roots: .roots(try ListRootsRequest(json: json))
            }
    }

    package var json: JSONValue {
        switch self {
        case .elicitation(let request): request.json
        case .sampling(let request): request.json
        case .roots(let request): request.json
        }
    }

    package var method: String {
        switch self {
        case .elicitation: ElicitRequest.method
        case .sampling: CreateMessageRequest.method
        case .roots: ListRootsRequest.method
        }
    }
}

/// What a server needs, under names of its own.
package typealias InputRequests = NamedValues<InputRequest>
