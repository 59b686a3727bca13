package import JSONSchema

/// The other arguments that have been filled in already.
package struct CompletionContext: MessageValue {
    package var arguments: NamedValues<String>?
    package var additional = JSONObject()

    package init(arguments: NamedValues<String>? = nil) { self.arguments = arguments }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the context of a completion")
        arguments = try members.optional("arguments")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["arguments": arguments?.json], keeping: additional)) }
}
