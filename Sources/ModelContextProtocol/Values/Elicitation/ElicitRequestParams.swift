package import JSONSchema

/// What a user is asked.
package enum ElicitRequestParams: MessageValue {
    private enum Mode: String, Choice {
        case form
        case url
    }

    case form(FormElicitation)
    case url(URLElicitation)

    package static func form(message: String, requestedSchema: FormSchema) -> ElicitRequestParams {
        .form(FormElicitation(message: message, requestedSchema: requestedSchema))
    }

    package static func url(message: String, url: String, elicitationID: String? = nil) -> ElicitRequestParams {
        .url(URLElicitation(message: message, url: url, elicitationID: elicitationID))
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of elicitation/create")
        self =
            switch try members.optional("mode", Mode.self) {
            case .url: .url(try URLElicitation(json: json))
            case .form, nil: .form(try FormElicitation(json: json))
            }
    }

    package var json: JSONValue {
        switch self {
        case .form(let form): form.json
        case .url(let address): address.json
        }
    }

    package var message: String {
        switch self {
        case .form(let form): form.message
        case .url(let address): address.message
        }
    }
}
