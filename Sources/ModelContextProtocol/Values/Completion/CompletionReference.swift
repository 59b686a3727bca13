package import JSONSchema

/// What an argument belongs to that is being completed.
package enum CompletionReference: MessageValue {
    private enum Kind: String, Choice {
        case prompt = "ref/prompt"
        case resource = "ref/resource"
    }

    case prompt(name: String, additional: JSONObject = JSONObject())
    /// The template of a resource's address.
    case resource(uri: String, additional: JSONObject = JSONObject())

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a reference")
        switch try members.required("type", Kind.self) {
        case .prompt: self = .prompt(name: try members.string("name"), additional: members.rest)
        case .resource: self = .resource(uri: try members.string("uri"), additional: members.rest)
        }
    }

    package var json: JSONValue {
        switch self {
        case .prompt(let name, let additional):
            .object(JSONObject(["type": Kind.prompt.json, "name": name.json], keeping: additional))
        case .resource(let uri, let additional):
            .object(JSONObject(["type": Kind.resource.json, "uri": uri.json], keeping: additional))
        }
    }
}
