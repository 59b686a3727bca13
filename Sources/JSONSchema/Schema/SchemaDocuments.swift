/// The documents a schema is made of: those with an address of their own, found by walking every sub-schema.
struct SchemaDocuments {
    /// Each document by its address without fragment.
    private(set) var roots: [String: Document] = [:]

    struct Document {
        var value: JSONValue
        var dialect: SchemaDialect
        /// Places of `$anchor` and of draft 7's `$id: "#name"`.
        var anchors: [String: JSONPointer] = [:]
        /// Places of `$dynamicAnchor`.
        var dynamicAnchors: [String: JSONPointer] = [:]
        var number: Int
    }

    /// Deepest nesting of schemas that is read.
    static let maximumDepth = 256

    /// Adds a document and every document embedded in it. Returns its address.
    @discardableResult
    mutating func add(
        _ value: JSONValue,
        at address: SchemaURI,
        dialect: SchemaDialect
    ) throws(SchemaError) -> String {
        let dialect = value["$schema"]?.stringValue.flatMap(SchemaDialect.init) ?? dialect
        let own = Self.identifier(of: value, dialect).map { address.resolving($0) } ?? address
        try register(value, at: own, dialect: dialect, aliases: [address.document])
        return own.document
    }

    private mutating func register(
        _ value: JSONValue,
        at address: SchemaURI,
        dialect: SchemaDialect,
        aliases: [String] = [],
        depth: Int = 0
    ) throws(SchemaError) {
        var document = Document(value: value, dialect: dialect, number: roots.count)
        let name = address.document
        roots[name] = document
        try walk(value, at: JSONPointer(), in: address, dialect, into: &document, depth: depth)
        for alias in [name] + aliases { roots[alias] = document }
    }

    /// Looks at every sub-schema: keeps anchors, and registers what has an address of its own.
    private mutating func walk(
        _ value: JSONValue,
        at pointer: JSONPointer,
        in address: SchemaURI,
        _ dialect: SchemaDialect,
        into document: inout Document,
        depth: Int
    ) throws(SchemaError) {
        guard depth < Self.maximumDepth else {
            throw SchemaError(.tooLarge, at: "\(pointer)", "schemas are nested more than \(Self.maximumDepth) deep")
        }
        guard let members = value.objectValue else { return }
        let isHidden = dialect.referenceHidesSiblings && members["$ref"] != nil
        if !isHidden {
            if !pointer.tokens.isEmpty, let identifier = Self.identifier(of: value, dialect) {
                let inner = value["$schema"]?.stringValue.flatMap(SchemaDialect.init) ?? dialect
                return try register(value, at: address.resolving(identifier), dialect: inner, depth: depth + 1)
            }
            for keyword in ["$anchor", "$dynamicAnchor"] where dialect == .draft2020 {
                guard let anchor = members[keyword]?.stringValue else { continue }
                document.anchors[anchor] = pointer
                if keyword == "$dynamicAnchor" { document.dynamicAnchors[anchor] = pointer }
            }
            if let anchor = members["$id"]?.stringValue, anchor.hasPrefix("#") {
                document.anchors[String(anchor.dropFirst())] = pointer
            }
        }
        for (place, schema) in SchemaKeywords.subschemas(of: members, at: pointer) {
            try walk(schema, at: place, in: address, dialect, into: &document, depth: depth + 1)
        }
    }

    /// The address a schema gives itself; nil when it has none, or only a fragment.
    static func identifier(of value: JSONValue, _ dialect: SchemaDialect) -> String? {
        guard let members = value.objectValue, let identifier = members["$id"]?.stringValue else { return nil }
        if dialect.referenceHidesSiblings, members["$ref"] != nil { return nil }
        guard !identifier.hasPrefix("#") else { return nil }
        return identifier.split(separator: "#", maxSplits: 1).first.map(String.init)
    }
}

/// Which members of a schema are schemas themselves.
enum SchemaKeywords {
    private static let single: Set<String> = [
        "additionalItems", "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then",
        "unevaluatedItems", "unevaluatedProperties",
    ]
    private static let lists: Set<String> = ["allOf", "anyOf", "items", "oneOf", "prefixItems"]
    private static let maps: Set<String> = [
        "$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties",
    ]

    static func subschemas(of members: JSONObject, at pointer: JSONPointer) -> [(JSONPointer, JSONValue)] {
        var result: [(JSONPointer, JSONValue)] = []
        for (key, value) in members {
            let place = pointer.appending(key)
            switch value {
            case .object(let inner) where maps.contains(key):
                result += inner.map { (place.appending($0.key), $0.value) }
            case .object where single.contains(key):
                result.append((place, value))
            case .array(let elements) where lists.contains(key):
                result += elements.enumerated().map { (place.appending("\($0.offset)"), $0.element) }
            default: break
            }
        }
        return result
    }
}
