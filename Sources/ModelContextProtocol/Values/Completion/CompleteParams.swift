package import JSONSchema

/// What is to be completed.
package struct CompleteParams: MessageValue {
    package var reference: CompletionReference
    package var argument: CompletionArgument
    package var context: CompletionContext?
    package var additional = JSONObject()

    package init(
        reference: CompletionReference,
        argument: CompletionArgument,
        context: CompletionContext? = nil
    ) {
        self.reference = reference
        self.argument = argument
        self.context = context
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the parameters of completion/complete")
        reference = try members.required("ref")
        argument = try members.required("argument")
        context = try members.optional("context")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                ["ref": reference.json, "argument": argument.json, "context": context?.json],
                keeping: additional
            )
        )
    }
}
