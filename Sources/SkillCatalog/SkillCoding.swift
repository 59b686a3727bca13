package import JSONSchema

/// A stored skill that cannot be understood.
package struct SkillCodingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is missing or wrong.
    package let reason: String

    package var description: String { "a stored skill cannot be read: \(reason)" }
}

extension Skill {
    /// The skill as JSON, for storage: complete, members in a fixed order, what is empty left out.
    package var json: JSONValue {
        var members: JSONObject = [
            "id": .string(id), "name": .string(name), "description": .string(description),
        ]
        if !document.isEmpty { members["document"] = .string(document) }
        if !tools.isEmpty { members["tools"] = .array(tools.map(\.json)) }
        members["category"] = category.map(JSONValue.string)
        if !tags.isEmpty { members["tags"] = JSONValue(tags) }
        members["url"] = url.map(JSONValue.string)
        members["license"] = license.map(JSONValue.string)
        members["compatibility"] = compatibility.map(JSONValue.string)
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
            members["metadata"] = .object(JSONObject(pairs))
        }
        if !allowedTools.isEmpty { members["allowed_tools"] = JSONValue(allowedTools) }
        members["origin"] = origin.json
        return .object(members)
    }

    /// The skill that was stored; members it does not know are passed over.
    package init(json: JSONValue) throws(SkillCodingError) {
        self.init(
            id: try json.requiredText("id"),
            name: try json.requiredText("name"),
            description: try json.requiredText("description"),
            document: json["document"]?.stringValue ?? "",
            origin: try SkillOrigin(json: json["origin"] ?? .null)
        )
        for tool in json["tools"]?.arrayValue ?? [] { tools.append(try Tool(json: tool)) }
        category = json["category"]?.stringValue
        tags = json["tags"]?.arrayValue?.compactMap(\.stringValue) ?? []
        url = json["url"]?.stringValue
        license = json["license"]?.stringValue
        compatibility = json["compatibility"]?.stringValue
        for (key, value) in json["metadata"]?.objectValue ?? [:] { metadata[key] = value.stringValue }
        allowedTools = json["allowed_tools"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }
}

extension SkillOrigin {
    fileprivate var json: JSONValue {
        var members: JSONObject = ["source": .string(source), "file": .string(file)]
        members["line"] = line.map { JSONValue($0) }
        members["folder"] = folder.map(JSONValue.string)
        return .object(members)
    }

    fileprivate init(json: JSONValue) throws(SkillCodingError) {
        self.init(
            source: try json.requiredText("source"),
            file: try json.requiredText("file"),
            line: json["line"]?.intValue,
            folder: json["folder"]?.stringValue
        )
    }
}

extension JSONValue {
    func requiredText(_ name: String) throws(SkillCodingError) -> String {
        guard let text = self[name]?.stringValue else { throw SkillCodingError(reason: "it has no text `\(name)`") }
        return text
    }
}
