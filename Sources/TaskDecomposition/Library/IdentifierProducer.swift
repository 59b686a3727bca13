import JSONSchema
import SkillCatalog

/// Whether a schema shows that a tool yields the identifier another one needs.
struct IdentifierProducer {
    let need: IdentifierNeed

    /// Results of the tool hold the identifier: `movie_id`, or an `id` inside a `movie`.
    func yields(_ skill: Skill, tool name: String?) -> Bool {
        if skill.tool(orOnly: name)?.outputSchema != nil { return place(in: skill, tool: name) != nil }
        // Without a schema of results the address says it: `/search/movie`, `/movie/popular` yield movies.
        guard let path = OperationPath(skill.id), path.method == "GET", path.parameters.isEmpty else { return false }
        return Set(path.words).isSuperset(of: need.entityStems)
    }

    /// Where the identifier is in the tool's result, as a JSON Pointer to the first one; nil where no schema says so.
    func place(in skill: Skill, tool name: String?) -> String? {
        guard let tool = skill.tool(orOnly: name), let schema = tool.outputSchema else { return nil }
        let wanted = need.entityStems + ["id"]
        let own = Set(IdentifierWords.split(tool.name).map(WordStem.of))
        return ResultFields(schema).fields.first { field in
            let stems = IdentifierWords.split(field.name).map(WordStem.of)
            if stems == wanted { return true }
            guard stems == ["id"] else { return false }
            let holder = Set(IdentifierWords.split(field.parent).map(WordStem.of))
            return holder.isSuperset(of: need.entityStems) || own.isSuperset(of: need.entityStems)
        }?.pointer
    }

    /// The tool yields it for a name, with nothing else asked that a name cannot answer.
    func looksUp(_ skill: Skill, tool name: String?) -> Bool {
        guard yields(skill, tool: name) else { return false }
        let tool = skill.tool(orOnly: name)
        guard let inputs = tool?.inputSchema.flatMap(SchemaPorts.inputs) else { return false }
        if tool?.outputSchema == nil, OperationPath(skill.id)?.isSearch != true { return false }
        let required = inputs.filter(\.isRequired)
        guard required.count <= 1 else { return false }
        guard let only = required.first else { return inputs.contains { takesName($0) && isQuery($0) } }
        return takesName(only)
    }

    private static let queryWords: Set<String> = ["query", "q", "name", "title", "search", "keyword", "term", "email"]

    private func isQuery(_ port: IOPort) -> Bool {
        IdentifierWords.split(port.name).contains { Self.queryWords.contains($0) }
    }

    /// Any text a person would call the thing by.
    private func takesName(_ port: IOPort) -> Bool {
        guard port.jsonType == nil || port.jsonType == "string", port.carrier == .value, port.choices.isEmpty,
            !port.isCollection
        else { return false }
        guard isQuery(port) || need.entityStems.contains(where: port.nameStems.contains) else { return false }
        return port.nameStems.last != "id" && port.type != .identifier
    }
}

/// The members that a result schema names, with what holds each and where it is; of a list, its first element.
struct ResultFields {
    private(set) var fields: [(parent: String, name: String, pointer: String)] = []

    private static let most = 128
    private static let deepest = 4

    init(_ schema: JSONValue) { collect(schema, below: "", at: "", depth: 0) }

    private mutating func collect(_ schema: JSONValue, below parent: String, at pointer: String, depth: Int) {
        guard depth <= Self.deepest, fields.count < Self.most else { return }
        if let items = schema["items"] { collect(items, below: parent, at: pointer + "/0", depth: depth + 1) }
        for (name, member) in schema["properties"]?.objectValue ?? [:] {
            guard fields.count < Self.most else { return }
            let place = pointer + "/" + Self.escaped(name)
            fields.append((parent, name, place))
            collect(member, below: name, at: place, depth: depth + 1)
        }
    }

    private static func escaped(_ name: String) -> String {
        name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }
}

extension Skill {
    /// The tool of that name; where none is named, the only one.
    func tool(orOnly name: String?) -> Tool? {
        name.flatMap(tool(named:)) ?? (tools.count == 1 ? tools.first : nil)
    }
}
