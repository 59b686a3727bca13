import JSONSchema
import SkillCatalog

/// Turns the schemas of an OpenAPI document into JSON Schema 2020-12 that stands by itself.
///
/// References are replaced by what they name; those that lead back to themselves become `$defs`. Of version 3.0,
/// `nullable` and the Boolean `exclusiveMinimum` and `exclusiveMaximum` are written anew. What only a server sets is left
/// out of inputs, what it never tells out of outputs. Documents are strangers' texts: depth and size are bounded, and
/// what is beyond allows everything.
struct SchemaTranslation {
    enum Direction: Sendable, Hashable {
        case input, output
    }

    private static let maximumDepth = 48
    /// Deeper than this, references are no longer replaced by what they name.
    private static let inlineDepth = 8

    /// Most schemas inside one; what a tool returns is described for planning, less of it is enough.
    private var maximumNodes: Int { direction == .input ? 1_500 : 200 }
    /// When there are so many, references are no longer replaced by what they name.
    private var inlineNodes: Int { direction == .input ? 300 : 100 }
    private static let maximumTextBytes = 1_000

    private let document: OpenAPIDocument
    private let direction: Direction
    private var nodes = 0
    /// References on the way from the root to here.
    private var open: [String] = []
    private var names: [String: String] = [:]
    private var definitions: [(name: String, reference: String)] = []
    private(set) var remarks: [String] = []

    init(_ document: OpenAPIDocument, _ direction: Direction) {
        self.document = document
        self.direction = direction
    }

    /// The schema, without the definitions it refers to.
    mutating func schema(_ value: JSONValue) -> JSONValue { translate(value, depth: 0) }

    /// Puts the definitions that were referred to into a schema.
    mutating func completed(_ schema: JSONValue) -> JSONValue {
        guard !definitions.isEmpty, var members = schema.objectValue else { return schema }
        var written = JSONObject()
        // What a definition refers to is added to the list while it is walked.
        var place = 0
        while place < definitions.count {
            let (name, reference) = definitions[place]
            place += 1
            // Beyond the bound this notes so, and allows everything.
            let target = (try? document.target(of: reference)) ?? .object([:])
            open = []
            written[name] = translate(target, depth: Self.inlineDepth)
        }
        members["$defs"] = .object(written)
        return .object(members)
    }

    // MARK: - One schema

    private mutating func translate(_ value: JSONValue, depth: Int) -> JSONValue {
        nodes += 1
        guard nodes <= maximumNodes, depth <= Self.maximumDepth else {
            if direction == .input {
                note("a schema is larger than what is read; its deeper parts allow everything")
            }
            return .object([:])
        }
        guard let members = value.objectValue else {
            if case .bool = value { return value }
            return .object([:])
        }
        if let reference = members["$ref"]?.stringValue { return follow(reference, beside: members, depth: depth) }
        return translate(members, depth: depth)
    }

    private mutating func follow(_ reference: String, beside members: JSONObject, depth: Int) -> JSONValue {
        let target: JSONValue
        do throws(DocumentFault) {
            target = try document.target(of: reference)
        } catch {
            note("it \(error.message)")
            return .object([:])
        }
        var result: JSONValue
        if open.contains(reference) || depth >= Self.inlineDepth || nodes > inlineNodes {
            result = ["$ref": .string("#/$defs/\(definition(reference))")]
        } else {
            open.append(reference)
            result = translate(target, depth: depth + 1)
            open.removeLast()
        }
        // Since 3.1 words may stand beside a reference.
        if let text = members["description"]?.stringValue, var object = result.objectValue {
            object["description"] = .string(Self.prose(text))
            result = .object(object)
        }
        return result
    }

    private mutating func definition(_ reference: String) -> String {
        if let name = names[reference] { return name }
        let last = reference.split(separator: "/").last.map(String.init) ?? "schema"
        var name = ToolNaming.identifier(last)
        if name.isEmpty || names.values.contains(name) { name += "_\(names.count + 1)" }
        names[reference] = name
        definitions.append((name, reference))
        return name
    }

    private mutating func translate(_ members: JSONObject, depth: Int) -> JSONValue {
        var result = JSONObject()
        var hidden: Set<String> = []
        for (key, value) in members {
            switch key {
            case "properties", "patternProperties", "dependentSchemas":
                var properties = JSONObject()
                for (name, property) in value.objectValue ?? [:] {
                    if key == "properties", isHidden(property) {
                        hidden.insert(name)
                        continue
                    }
                    properties[name] = translate(property, depth: depth + 1)
                }
                result[key] = .object(properties)
            case "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames",
                "unevaluatedProperties", "unevaluatedItems", "additionalItems":
                // A list of schemas for `items` is of older drafts.
                result[key] = value.arrayValue == nil ? translate(value, depth: depth + 1) : .object([:])
            case "allOf", "anyOf", "oneOf", "prefixItems":
                let schemas = (value.arrayValue ?? []).map { translate($0, depth: depth + 1) }
                if !schemas.isEmpty { result[key] = .array(schemas) }
            case "description", "title": result[key] = value.stringValue.map { .string(Self.prose($0)) }
            case "type", "format", "enum", "const", "default", "minLength", "maxLength", "pattern", "minimum",
                "maximum",
                "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems",
                "minContains", "maxContains", "minProperties", "maxProperties", "dependentRequired", "required",
                "contentEncoding", "contentMediaType", "deprecated":
                result[key] = value
            // Everything else describes the document, not the value.
            default: break
            }
        }
        if !hidden.isEmpty, let required = result["required"]?.arrayValue {
            result["required"] = .array(required.filter { !hidden.contains($0.stringValue ?? "") })
        }
        return document.isOld
            ? OldSchema.modern(result, isNullable: members["nullable"]?.boolValue ?? false) : .object(result)
    }

    /// Whether a property is set, or kept, by the server alone.
    private func isHidden(_ property: JSONValue) -> Bool {
        let key = direction == .input ? "readOnly" : "writeOnly"
        if property[key]?.boolValue == true { return true }
        return (try? document.resolved(property))?[key]?.boolValue == true
    }

    private mutating func note(_ remark: String) {
        if !remarks.contains(remark), remarks.count < 20 { remarks.append(remark) }
    }

    private static func prose(_ text: String) -> String {
        let clean = CleanedText.prose(text)
        guard clean.utf8.count > maximumTextBytes else { return clean }
        return String(decoding: clean.utf8.prefix(maximumTextBytes), as: UTF8.self) + "…"
    }
}

/// What OpenAPI 3.0 writes in another way than JSON Schema.
enum OldSchema {
    /// The members of a schema in the words of JSON Schema 2020-12.
    static func modern(_ members: JSONObject, isNullable: Bool) -> JSONValue {
        var members = members
        for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            guard let isExclusive = members[exclusive]?.boolValue else { continue }
            members[exclusive] = isExclusive ? members[limit] : nil
            if isExclusive { members[limit] = nil }
        }
        guard isNullable else { return .object(members) }
        if let type = members["type"]?.stringValue {
            members["type"] = [.string(type), "null"]
            if let values = members["enum"]?.arrayValue, !values.contains(.null) {
                members["enum"] = .array(values + [.null])
            }
            return .object(members)
        }
        guard !members.isEmpty else { return .object(members) }
        return ["anyOf": [.object(members), ["type": "null"]]]
    }
}
