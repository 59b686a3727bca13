package import JSONSchema

/// One value of a YAML text, with the line it starts on.
package struct YAMLNode: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// The text as written, without quotes, and the value it stands for.
        case scalar(text: String, value: JSONValue)
        case sequence([YAMLNode])
        /// Members in the order of the text; names are unique.
        case mapping([Member])
    }

    package struct Member: Sendable, Hashable {
        package var name: String
        /// Line of the name, from 1.
        package var line: Int
        package var value: YAMLNode
    }

    package var content: Content
    /// Line the value starts on, from 1.
    package var line: Int
}

extension YAMLNode {
    /// The text of a scalar as its author wrote it: `1.0` stays `1.0`, nothing stays empty.
    package var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The elements, where this is a sequence.
    package var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The members, where this is a mapping.
    package var members: [Member]? {
        if case .mapping(let members) = content { members } else { nil }
    }

    /// The member of that name, where this is a mapping that has it.
    package func member(_ name: String) -> Member? {
        members?.first { $0.name == name }
    }

    /// The same data without lines.
    package var json: JSONValue {
        switch content {
        case .scalar(_, let value): value
        case .sequence(let elements): .array(elements.map(\.json))
        case .mapping(let members): .object(JSONObject(members.map { ($0.name, $0.value.json) }))
        }
    }
}
