package import JSONSchema

/// What `completion/complete` gives.
package struct CompleteResult: MessageValue {
    package var completion: Completion
    package var additional = JSONObject()

    package init(_ completion: Completion) { self.completion = completion }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the answer to completion/complete")
        completion = try members.required("completion")
        additional = members.rest
    }

    package var json: JSONValue { .object(JSONObject(["completion": completion.json], keeping: additional)) }
}
