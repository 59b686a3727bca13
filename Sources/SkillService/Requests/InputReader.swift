import HTTPTransport
import JSONSchema
import ModelContextProtocol

/// Reads what a request sends along: the query and the body, as one object whose members are checked.
enum InputReader {
    /// Violations that are named; a list of all would be longer than the request.
    private static let mostProblems = 8

    /// - Throws: `ServiceProblem` for what the endpoint does not take.
    static func input(_ request: HTTPServerRequest, for endpoint: ReadyEndpoint) throws(ServiceProblem) -> JSONObject {
        var input = try query(request, endpoint)
        for (name, value) in try body(request, endpoint) { input[name] = value }
        return input
    }

    // MARK: - Query

    private static func query(
        _ request: HTTPServerRequest,
        _ endpoint: ReadyEndpoint
    ) throws(ServiceProblem) -> JSONObject {
        guard let items = request.queryItems else {
            throw .badInput("the query is not encoded as UTF-8 with percent signs")
        }
        var query = JSONObject()
        for (name, text) in items {
            guard let parameter = endpoint.definition.parameters.first(where: { $0.name == name }) else {
                let known = endpoint.definition.parameters.map(\.name)
                let hint = known.isEmpty ? "it takes none" : "it takes \(known.joined(separator: ", "))"
                throw .badInput("there is no query field '\(Excerpt.of(name))' here; \(hint)")
            }
            let (type, element) = (
                parameter.schema["type"]?.stringValue, parameter.schema["items"]?["type"]?.stringValue
            )
            if type == "array" {
                query[name] = .array((query[name]?.arrayValue ?? []) + [value(of: text, type: element)])
            } else if query[name] == nil {
                query[name] = value(of: text, type: type)
            } else {
                throw .badInput("the query field '\(name)' is given twice")
            }
        }
        try check(.object(query), by: endpoint.query, "the query")
        return query
    }

    /// The value a text means for a parameter of a type; the text itself where it means none, which the schema then refuses.
    private static func value(of text: String, type: String?) -> JSONValue {
        switch type {
        case "integer": Int64(text).map(JSONValue.integer) ?? .string(text)
        case "boolean": ["true": true, "1": true, "": true, "false": false, "0": false][text] ?? .string(text)
        default: .string(text)
        }
    }

    // MARK: - Body

    private static func body(
        _ request: HTTPServerRequest,
        _ endpoint: ReadyEndpoint
    ) throws(ServiceProblem) -> JSONObject {
        guard let definition = endpoint.definition.body, let schema = endpoint.body else {
            guard request.body.isEmpty else { throw .badInput("this call takes no body") }
            return [:]
        }
        guard request.headers.mediaType == "application/json" else {
            throw ServiceProblem(415, "content-type", "the body must be JSON: send Content-Type: application/json")
        }
        guard request.body.count <= definition.maximumBytes else {
            throw ServiceProblem(
                413,
                "too-large",
                "the body has \(request.body.count) bytes; at most \(definition.maximumBytes) are taken here"
            )
        }
        guard let text = String(validating: request.body, as: UTF8.self) else {
            throw .badInput("the body is not UTF-8")
        }
        let value: JSONValue
        do { value = try JSONParser.parse(text) } catch { throw .badInput("the body: \(error)") }
        guard let members = value.objectValue else { throw .badInput("the body must be a JSON object") }
        try check(value, by: schema, "the body")
        return members
    }

    private static func check(_ value: JSONValue, by schema: Schema, _ what: String) throws(ServiceProblem) {
        let violations = schema.violations(in: value)
        guard let first = violations.first else { return }
        var problem = ServiceProblem.badInput("\(what): \(Excerpt.of("\(first)", limit: 300))")
        problem.problems = violations.prefix(mostProblems).map { Excerpt.of("\($0)", limit: 300) }
        throw problem
    }
}

/// Schemas made from declarations of parameters.
enum InputSchemas {
    static func query(_ parameters: [Endpoint.Parameter]) -> JSONValue {
        var schema: JSONObject = [
            "type": "object", "properties": .object(JSONObject(parameters.map { ($0.name, $0.schema) })),
        ]
        let required = parameters.filter(\.isRequired).map(\.name)
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        return .object(schema)
    }
}
