package import JSONSchema

/// The ways a client can ask its user something.
package struct ElicitationCapability: MessageValue {
    /// Settings of forms; nil where they are not named.
    package var form: JSONObject?
    /// Settings of addresses to open; nil where they are not named.
    package var url: JSONObject?
    package var additional = JSONObject()

    package init(form: Bool = true, url: Bool = false) {
        self.form = form ? JSONObject() : nil
        self.url = url ? JSONObject() : nil
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the elicitation capability")
        form = try members.optionalObject("form")
        url = try members.optionalObject("url")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["form": form?.json, "url": url?.json], keeping: additional))
    }

    /// Whether forms can be shown; a client that names no way at all means forms.
    package var showsForms: Bool { form != nil || url == nil }
    /// Whether an address can be opened.
    package var opensURLs: Bool { url != nil }
}
