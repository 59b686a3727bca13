package import JSONSchema

/// One of the options of a choice, with what people are shown for it.
package struct TitledOption: MessageValue {
    /// What is answered.
    package var value: String
    package var title: String
    package var additional = JSONObject()

    package init(_ value: String, title: String) {
        self.value = value
        self.title = title
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "an option")
        value = try members.string("const")
        title = try members.string("title")
        additional = members.rest
    }

    package var json: JSONValue {
        .object(JSONObject(["const": value.json, "title": title.json], keeping: additional))
    }
}
