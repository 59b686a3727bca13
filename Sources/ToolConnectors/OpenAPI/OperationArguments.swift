import HTTPTransport
import JSONSchema
import PlanExecution
import SkillCatalog

/// Merges the parameters and the body of an operation into the arguments of one tool.
///
/// Names that two places share are told apart by the place: `id` and `query_id`.
struct OperationArguments {
    private let document: OpenAPIDocument
    private var translation: SchemaTranslation
    private var properties = JSONObject()
    private var required: [String] = []
    private(set) var places: [String: HTTPOperation.Parameter] = [:]
    private(set) var remarks: [String] = []

    /// Headers that the transport and the authorization set, and nobody else.
    private static let reservedHeaders: Set<String> = [
        "accept", "content-type", "authorization", "host", "content-length", "transfer-encoding", "connection",
        "cookie",
        "upgrade", "te", "trailer", "expect", "proxy-authorization",
    ]
    private static let maximumParameters = 256

    init(_ document: OpenAPIDocument) {
        self.document = document
        translation = SchemaTranslation(document, .input)
    }

    /// The schema of the arguments, with what was noticed on the way.
    mutating func finish() -> JSONValue {
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        schema["additionalProperties"] = false
        let completed = translation.completed(.object(schema))
        remarks += translation.remarks
        return completed
    }

    // MARK: - Parameters

    /// - Parameter lists: the parameters of the path and of the operation; a later one of the same name and place counts.
    mutating func add(parameters lists: [JSONValue?]) throws(DocumentFault) {
        var found: [(key: String, value: JSONValue)] = []
        for written in lists.compactMap({ $0?.arrayValue }).joined() {
            let parameter = try document.resolved(written)
            guard let name = parameter["name"]?.stringValue, let place = parameter["in"]?.stringValue else {
                throw DocumentFault(.unreadable, "has a parameter without `name` or `in`")
            }
            let key = "\(place) \(name)"
            if let known = found.firstIndex(where: { $0.key == key }) {
                found[known].value = parameter
            } else {
                found.append((key, parameter))
            }
        }
        guard found.count <= Self.maximumParameters else {
            throw DocumentFault(.unreadable, "has more than \(Self.maximumParameters) parameters")
        }
        // Those of the path have the first claim to a name.
        let order = ["path": 0, "query": 1, "header": 2, "cookie": 3]
        let ranked = found.enumerated().sorted {
            (order[$0.element.value["in"]?.stringValue ?? ""] ?? 4, $0.offset)
                < (order[$1.element.value["in"]?.stringValue ?? ""] ?? 4, $1.offset)
        }
        for (_, parameter) in ranked { try add(parameter.value) }
    }

    private mutating func add(_ parameter: JSONValue) throws(DocumentFault) {
        let name = parameter["name"]?.stringValue ?? ""
        guard let place = parameter["in"]?.stringValue.flatMap(HTTPOperation.Place.init),
            [.path, .query, .header, .cookie].contains(place)
        else {
            throw DocumentFault(
                .unreadable,
                "has the parameter '\(CleanedText.label(name).prefix(80))' in no place that is known"
            )
        }
        if place == .header {
            guard !Self.reservedHeaders.contains(name.lowercased()) else { return }
            guard HTTPHeaders.isToken(name) else {
                throw DocumentFault(.unreadable, "has a header parameter whose name no header can have")
            }
        }
        let content = parameter["content"]?.objectValue.flatMap { $0.first { _ in true } }
        let style = try content == nil ? style(of: parameter, place) : .json
        var schema = translation.schema(parameter["schema"] ?? content?.value["schema"] ?? .object([:]))
        if let text = parameter["description"]?.stringValue, var members = schema.objectValue {
            members["description"] = .string(String(CleanedText.prose(text).prefix(1_000)))
            schema = .object(members)
        }
        let isRequired = place == .path || parameter["required"]?.boolValue == true
        claim(name, place.rawValue, schema, HTTPOperation.Parameter(place, name, style: style), isRequired: isRequired)
    }

    private func style(
        of parameter: JSONValue,
        _ place: HTTPOperation.Place
    ) throws(DocumentFault) -> HTTPOperation.Style {
        let usual = place == .query || place == .cookie ? "form" : "simple"
        let style = parameter["style"]?.stringValue ?? usual
        let isExploded = parameter["explode"]?.boolValue ?? (style == "form")
        switch (style, place) {
        case ("form", .query), ("form", .cookie): return isExploded ? .repeated : .commas
        case ("simple", .path), ("simple", .header): return .commas
        case ("spaceDelimited", .query): return isExploded ? .repeated : .spaces
        case ("pipeDelimited", .query): return isExploded ? .repeated : .pipes
        case ("deepObject", .query): return .deepObject
        default:
            throw DocumentFault(
                .unreadable,
                "has a parameter of the style '\(style.prefix(40))', which is not supported"
            )
        }
    }

    /// Names in braces that no parameter gives become parameters.
    mutating func addMissing(from path: String) {
        var rest = path[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
            guard !places.values.contains(where: { $0.place == .path && $0.name == name }) else { continue }
            remarks.append("the path has {\(name)}, which no parameter describes; it is taken for a text")
            claim(name, "path", ["type": "string"], HTTPOperation.Parameter(.path, name), isRequired: true)
        }
    }

    // MARK: - Body

    /// - Throws: when the operation needs a body of a kind that cannot be sent.
    mutating func add(body written: JSONValue?) throws(DocumentFault) {
        guard let written else { return }
        let body = try document.resolved(written)
        let isRequired = body["required"]?.boolValue ?? false
        let kinds = body["content"]?.objectValue ?? [:]
        func kind(_ matches: (String) -> Bool) -> JSONValue? {
            kinds.first { matches($0.key.prefix { $0 != ";" }.lowercased()) }?.value
        }
        if let json = kind({ $0 == "application/json" || $0.hasSuffix("+json") || $0 == "*/*" }) {
            addObject(json["schema"] ?? .object([:]), as: .body, whole: .wholeBody, isRequired: isRequired)
        } else if let form = kind({ $0 == "application/x-www-form-urlencoded" }) {
            addObject(form["schema"] ?? .object([:]), as: .form, whole: .form, isRequired: isRequired)
        } else if kind({ $0.hasPrefix("text/") }) != nil {
            claim("body", "body", ["type": "string"], HTTPOperation.Parameter(.text, "body"), isRequired: isRequired)
        } else if isRequired, !kinds.isEmpty {
            let names = kinds.keys.prefix(4).map { CleanedText.label($0) }.joined(separator: ", ")
            throw DocumentFault(.unreadable, "needs a body of the type \(names), which is not sent here")
        } else if !kinds.isEmpty {
            remarks.append("its body is of a type that is not sent here; it is called without one")
        }
    }

    /// Takes the members of an object apart, where all of it is known; else the body is one argument.
    private mutating func addObject(
        _ written: JSONValue,
        as place: HTTPOperation.Place,
        whole: HTTPOperation.Place,
        isRequired: Bool
    ) {
        let schema = translation.schema(written)
        guard let members = Self.members(of: schema), isRequired || members.required.isEmpty else {
            claim("body", "body", schema, HTTPOperation.Parameter(whole, "body"), isRequired: isRequired)
            return
        }
        for (name, property) in members.properties {
            claim(
                name,
                "body",
                property,
                HTTPOperation.Parameter(place, name),
                isRequired: members.required.contains(name)
            )
        }
    }

    /// The members of a schema for objects that has nothing but members.
    private static func members(of schema: JSONValue) -> (properties: JSONObject, required: Set<String>)? {
        guard let object = schema.objectValue else { return nil }
        let known: Set<String> = [
            "type", "properties", "required", "description", "title", "additionalProperties", "allOf", "deprecated",
        ]
        guard object.keys.allSatisfy(known.contains), object["type"] == nil || object["type"] == "object" else {
            return nil
        }
        if let more = object["additionalProperties"], more != .bool(false) { return nil }
        var properties = object["properties"]?.objectValue ?? [:]
        var required = Set((object["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        for part in object["allOf"]?.arrayValue ?? [] {
            guard let inner = members(of: part) else { return nil }
            for (name, property) in inner.properties { properties[name] = property }
            required.formUnion(inner.required)
        }
        guard !properties.isEmpty, required.allSatisfy({ properties[$0] != nil }) else { return nil }
        return (properties, required)
    }

    // MARK: - Names

    private mutating func claim(
        _ name: String,
        _ prefix: String,
        _ schema: JSONValue,
        _ parameter: HTTPOperation.Parameter,
        isRequired: Bool
    ) {
        let plain = ToolNaming.identifier(name)
        var argument = plain.isEmpty ? prefix : plain
        if places[argument] != nil {
            var names = UniqueNames(Set(places.keys))
            argument = names.claim(ToolNaming.identifier("\(prefix)_\(argument)"))
        }
        places[argument] = parameter
        properties[argument] = schema
        if isRequired { required.append(argument) }
    }
}
