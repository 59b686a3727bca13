package import JSONSchema

/// A choice of one option that a form asks for.
package struct SingleSelectSchema: MessageValue {
    /// The options, in the three ways they are written.
    package enum Options: Sendable, Hashable {
        case untitled([String])
        case titled([TitledOption])
        /// The older way: titles in a list of their own, in the order of the options.
        case legacy([String], titles: [String])
    }

    package var title: String?
    package var description: String?
    package var options: Options
    package var defaultValue: String?
    package var additional = JSONObject()

    package init(
        _ options: Options,
        title: String? = nil,
        description: String? = nil,
        defaultValue: String? = nil
    ) {
        self.options = options
        self.title = title
        self.description = description
        self.defaultValue = defaultValue
    }

    package init(json: JSONValue) throws(MalformedValue) {
        var members = try Members(json, of: "the schema of a choice")
        try members.constant("type", "string")
        if let titled = try members.optionalList("oneOf", of: TitledOption.self) {
            options = .titled(titled)
        } else {
            let values = try members.strings("enum")
            options = try members.optionalStrings("enumNames").map { .legacy(values, titles: $0) } ?? .untitled(values)
        }
        title = try members.optionalString("title")
        description = try members.optionalString("description")
        defaultValue = try members.optionalString("default")
        additional = members.rest
    }

    package var json: JSONValue {
        var members = JSONObject(["type": "string", "title": title?.json, "description": description?.json])
        switch options {
        case .untitled(let values): members["enum"] = values.json
        case .titled(let titled): members["oneOf"] = titled.json
        case .legacy(let values, let titles):
            members["enum"] = values.json
            members["enumNames"] = titles.json
        }
        members["default"] = defaultValue?.json
        for (name, value) in additional { members[name] = value }
        return .object(members)
    }

    /// The texts that may be answered.
    package var values: [String] {
        switch options {
        case .untitled(let values), .legacy(let values, _): values
        case .titled(let titled): titled.map(\.value)
        }
    }
}
