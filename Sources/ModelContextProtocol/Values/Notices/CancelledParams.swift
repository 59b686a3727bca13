package import JSONSchema

/// Which request is no longer wanted.
package struct CancelledParams: MessageValue {
    /// The legacy era may leave it out; then nothing is cancelled.
    package var requestID: RequestID?
    /// Why, for a log or a person.
    package var reason: String?
    package var additional = JSONObject()

    package init(requestID: RequestID?, reason: String? = nil) {
        self.requestID = requestID
        self.reason = reason
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a notice of cancellation")
        requestID = try members.optional("requestId")
        reason = try members.optionalString("reason")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["requestId": requestID?.json, "reason": reason?.json], keeping: additional))
    }
}
