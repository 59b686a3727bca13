import HTTPTransport
import JSONSchema

/// The service's description for client generators and testers (OpenAPI 3.1), made from its endpoints.
enum OpenAPIDocument {
    static func document(of endpoints: [Endpoint], version: String) -> JSONValue {
        var paths = JSONObject()
        for endpoint in endpoints {
            var path = paths[endpoint.path.description]?.objectValue ?? [:]
            path[endpoint.method.rawValue.lowercased()] = operation(endpoint)
            paths[endpoint.path.description] = .object(path)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "SkillWeaver", "version": .string(version),
                "summary": "Finds the skills a request needs, weaves them into a plan, and runs it.",
                "description": .string(
                    "Reading the library needs no token on this machine; runs, and all that changes something, need a bearer "
                        + "token with the scope that stands with the call."
                ),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "paths": .object(paths),
            "components": [
                "schemas": Shapes.components,
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description": "The token of the installation, or one of 'skillweaver serve token create'.",
                    ]
                ],
                "responses": ["Problem": problem("The request was not answered; the body says why.")],
            ],
        ]
    }

    private static func operation(_ endpoint: Endpoint) -> JSONValue {
        var operation: JSONObject = [
            "operationId": .string(endpoint.operation), "summary": .string(endpoint.summary),
            "tags": [.string(endpoint.tag)],
        ]
        if let scope = endpoint.scope {
            operation["description"] = .string("Scope: `\(scope.rawValue)`.")
            let named: JSONValue = ["token": []]
            operation["security"] = scope.isOpenOnLoopback ? [[:], named] : [named]
        } else {
            operation["security"] = []
        }
        let parameters = endpoint.path.names.map(pathParameter) + endpoint.parameters.map(queryParameter)
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if let body = endpoint.body {
            operation["requestBody"] = [
                "required": true, "content": ["application/json": ["schema": body.schema.reference]],
            ]
        }
        operation["responses"] = responses(of: endpoint)
        return .object(operation)
    }

    private static func pathParameter(_ name: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true,
            "schema": ["type": "string", "minLength": 1, "maxLength": 200],
        ]
    }

    private static func queryParameter(_ parameter: Endpoint.Parameter) -> JSONValue {
        var members: JSONObject = [
            "name": .string(parameter.name), "in": "query", "required": .bool(parameter.isRequired),
            "description": .string(parameter.summary), "schema": parameter.schema,
        ]
        if parameter.schema["type"]?.stringValue == "array" {
            (members["style"], members["explode"]) = ("form", true)
        }
        return .object(members)
    }

    private static func responses(of endpoint: Endpoint) -> JSONValue {
        var responses = JSONObject()
        for answer in endpoint.answers {
            var response: JSONObject = ["description": .string(answer.summary)]
            if let shape = answer.shape {
                response["content"] = .object([answer.mediaType: ["schema": shape.reference]])
            } else if answer.mediaType != "application/json" {
                response["content"] = .object([answer.mediaType: ["schema": ["type": "string"]]])
            }
            response["headers"] = .object(
                JSONObject(
                    [("X-Request-Id", "Names the request in logs.")].map { ($0, header($1)) }
                        + answer.headers.sorted { $0.key < $1.key }.map { ($0.key, header($0.value)) }
                )
            )
            responses[String(answer.status.code)] = .object(response)
        }
        for status in Set(commonProblems(of: endpoint) + endpoint.problems).sorted()
        where responses[String(status)] == nil {
            responses[String(status)] = problem("\(HTTPStatus(status))")
        }
        return .object(responses)
    }

    /// What may be wrong with any request.
    private static func commonProblems(of endpoint: Endpoint) -> [Int] {
        var problems = [400, 403, 421, 429, 431, 500, 503]
        if endpoint.scope != nil { problems.append(401) }
        if endpoint.body != nil { problems += [413, 415] }
        if endpoint.isHeavy { problems.append(504) }
        return problems
    }

    private static func header(_ description: String) -> JSONValue {
        ["description": .string(description), "schema": ["type": "string"]]
    }

    private static func problem(_ description: String) -> JSONValue {
        [
            "description": .string(description),
            "content": ["application/problem+json": ["schema": Shape.problem.reference]],
        ]
    }
}

extension AccessScope {
    /// Programs of this machine need no token for it, where the service listens to this machine alone.
    fileprivate var isOpenOnLoopback: Bool { self == .library || self == .metrics }
}
