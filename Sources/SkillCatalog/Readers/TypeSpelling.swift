import JSONSchema

/// Reads the names of types as people and other languages write them.
///
/// Known are the words of JSON Schema, Python, Java and databases, whatever their case: `str`, `Integer`, `float64`; and
/// their combinations: `List[str]`, `array<int>`, `string[]`, `list of integers`, `Dict[str, float]`, `Optional[int]`,
/// `str | None`. What is not known has no type, which fits everything.
enum TypeSpelling {
    /// Longest spelling that is looked at, in bytes.
    private static let maximumBytes = 200

    /// The JSON Schema of a type; empty where it is not known.
    static func schema(of spelling: String) -> JSONObject {
        guard spelling.utf8.count <= maximumBytes else { return JSONObject() }
        return schema(of: spelling.lowercased()[...], depth: 0)
    }

    /// The JSON Schema of a value that has one of several types; empty where one of them is not known.
    static func union(of spellings: [String]) -> JSONObject {
        union(spellings.map { schema(of: $0) })
    }

    private static func schema(of spelling: Substring, depth: Int) -> JSONObject {
        let text = spelling.trimmed
        guard depth < 8, !text.isEmpty else { return JSONObject() }
        let alternatives = split(text, at: "|")
        if alternatives.count > 1 { return union(alternatives.map { schema(of: $0, depth: depth + 1) }) }
        if let type = word(text) { return ["type": .string(type)] }
        if text.hasSuffix("[]") { return array(of: schema(of: text.dropLast(2), depth: depth + 1)) }
        if let (base, arguments) = generic(text) { return generic(base, arguments, depth: depth) }
        for prefix in ["list of ", "array of "] where text.hasPrefix(prefix) {
            let element = text.dropFirst(prefix.count)
            let singular = word(element) == nil && element.hasSuffix("s") ? element.dropLast() : element
            return array(of: schema(of: singular, depth: depth + 1))
        }
        return JSONObject()
    }

    private static func word(_ text: Substring) -> String? {
        switch text {
        case "str", "string", "text", "char", "varchar": "string"
        case "int", "integer", "long", "short", "int32", "int64", "bigint": "integer"
        case "float", "number", "double", "decimal", "numeric", "real", "float32", "float64": "number"
        case "bool", "boolean": "boolean"
        case "list", "array", "tuple", "set", "sequence": "array"
        case "dict", "dictionary", "object", "map", "mapping", "json": "object"
        case "none", "null", "nonetype": "null"
        default: nil
        }
    }

    /// Cuts `list[int, str]` or `list<int, str>` into its base and the text between the brackets.
    private static func generic(_ text: Substring) -> (base: Substring, arguments: Substring)? {
        for (open, close) in [("[", "]"), ("<", ">")] as [(Character, Character)] {
            guard text.last == close, let start = text.firstIndex(of: open) else { continue }
            return (text[..<start].trimmed, text[text.index(after: start)...].dropLast())
        }
        return nil
    }

    private static func generic(_ base: Substring, _ arguments: Substring, depth: Int) -> JSONObject {
        let types = split(arguments, at: ",")
        let name = base.hasPrefix("typing.") ? base.dropFirst("typing.".count) : base
        switch name {
        case "optional": return union([schema(of: arguments, depth: depth + 1), ["type": "null"]])
        case "union": return union(types.map { schema(of: $0, depth: depth + 1) })
        case "tuple": return ["type": "array"]
        default: break
        }
        switch word(name) {
        case "array": return array(of: schema(of: arguments, depth: depth + 1))
        case "object":
            var object: JSONObject = ["type": "object"]
            let values = types.count == 2 ? schema(of: types[1], depth: depth + 1) : JSONObject()
            if !values.isEmpty { object["additionalProperties"] = .object(values) }
            return object
        default: return JSONObject()
        }
    }

    private static func array(of items: JSONObject) -> JSONObject {
        items.isEmpty ? ["type": "array"] : ["type": "array", "items": .object(items)]
    }

    private static func union(_ schemas: [JSONObject]) -> JSONObject {
        guard !schemas.isEmpty, !schemas.contains(where: \.isEmpty) else { return JSONObject() }
        var different: [JSONObject] = []
        for schema in schemas where !different.contains(schema) { different.append(schema) }
        if different.count == 1 { return different[0] }
        let simple = different.compactMap { $0.count == 1 ? $0["type"]?.stringValue : nil }
        if simple.count == different.count { return ["type": JSONValue(simple)] }
        return ["anyOf": .array(different.map(JSONValue.object))]
    }

    /// Splits at a separator that stands outside of brackets.
    private static func split(_ text: Substring, at separator: Character) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var depth = 0
        for index in text.indices {
            switch text[index] {
            case "[", "<", "(": depth += 1
            case "]", ">", ")": depth -= 1
            case separator where depth == 0:
                parts.append(text[start..<index])
                start = text.index(after: index)
            default: break
            }
        }
        parts.append(text[start...])
        return parts.map(\.trimmed)
    }
}
