import HTTPTransport
import JSONSchema

/// Finds the endpoint of a request.
struct EndpointTable: Sendable {
    /// What a path leads to.
    enum Match: Sendable {
        case endpoint(ReadyEndpoint, [String: String])
        /// The path exists for other methods.
        case otherMethods([HTTPMethod])
        case none
    }

    let endpoints: [ReadyEndpoint]

    init(_ endpoints: [Endpoint]) throws(SchemaError) {
        var ready: [ReadyEndpoint] = []
        for endpoint in endpoints { ready.append(try ReadyEndpoint(endpoint)) }
        self.endpoints = ready
    }

    func match(_ method: HTTPMethod, _ path: [String]) -> Match {
        var best: (endpoint: ReadyEndpoint, values: [String: String])?
        var methods: [HTTPMethod] = []
        // HEAD is GET without the body, which the server leaves out.
        let wanted = method == .head ? .get : method
        for endpoint in endpoints {
            guard let values = endpoint.definition.path.values(in: path) else { continue }
            guard endpoint.definition.method == wanted else {
                methods.append(endpoint.definition.method)
                continue
            }
            if best.map({ $0.endpoint.definition.path.literalCount < endpoint.definition.path.literalCount }) ?? true {
                best = (endpoint, values)
            }
        }
        if let best { return .endpoint(best.endpoint, best.values) }
        return methods.isEmpty ? .none : .otherMethods(methods)
    }
}

/// An endpoint whose schemas are compiled.
struct ReadyEndpoint: Sendable {
    let definition: Endpoint
    /// What the query has to be, as an object.
    let query: Schema
    let body: Schema?

    init(_ endpoint: Endpoint) throws(SchemaError) {
        definition = endpoint
        query = try Schema(InputSchemas.query(endpoint.parameters))
        body = try endpoint.body.map { body throws(SchemaError) in try Schema(Shapes.resolved(body.schema)) }
    }
}
