package import JSONSchema

/// How far a request has come.
package struct ProgressParams: MessageValue {
    /// What ties the notice to its request.
    package var progressToken: RequestID
    /// Grows with every notice.
    package var progress: Double
    /// What the progress grows to, where that is known.
    package var total: Double?
    package var message: String?
    package var additional = JSONObject()

    package init(progressToken: RequestID, progress: Double, total: Double? = nil, message: String? = nil) {
        self.progressToken = progressToken
        self.progress = progress
        self.total = total
        self.message = message
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "a notice of progress")
        progressToken = try members.required("progressToken")
        progress = try members.number("progress")
        total = try members.optionalNumber("total")
        message = try members.optionalString("message")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(
            JSONObject(
                [
                    "progressToken": progressToken.json, "progress": progress.json, "total": total?.json,
                    "message": message?.json,
                ],
                keeping: additional
            )
        )
    }
}
