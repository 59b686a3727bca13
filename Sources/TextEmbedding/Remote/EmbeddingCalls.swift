import HTTPTransport
import JSONSchema
import Synchronization

/// Asks an endpoint for the vectors of one batch of texts.
final class EmbeddingCalls: Sendable {
    private let endpoint: EmbeddingEndpoint
    private let caller: EndpointCaller<EmbeddingEndpoint>
    private let dialect = Mutex(Dialect())

    /// What the server takes; what it refuses is left out of all later calls.
    private struct Dialect: Hashable {
        /// Asks for base64, a third of the bytes of decimal numbers.
        var encodingFormat = true
        /// Asks for vectors of the length that was configured.
        var dimensions = true
    }

    /// Shortest text, in bytes, that is cut because the server calls it too long.
    private static let leastCut = 256

    init(_ endpoint: EmbeddingEndpoint, policy: EndpointCallPolicy, client: any HTTPClient) {
        self.endpoint = endpoint
        caller = EndpointCaller(endpoint, policy: policy, client: client)
    }

    /// One unit vector a text, in order.
    ///
    /// Texts that are too long for the server are cut in half until they are not.
    /// - Parameter dimensions: what every vector must have; nil for whatever they have in common.
    func vectors(_ texts: [String], dimensions: Int?) async throws -> [[Float]] {
        while true {
            let known = dialect.withLock { $0 }
            do {
                let response = try await caller.send(message(texts, known))
                return try read(response, count: texts.count, dimensions: dimensions)
            } catch let failure as EmbeddingFailure {
                if failure.saysTooLong, let shorter = try await inParts(texts, dimensions: dimensions) {
                    return shorter
                }
                var plainer = known
                if failure.refuses("encoding_format") || failure.refuses("encoding format") {
                    plainer.encodingFormat = false
                }
                if endpoint.dimensions != nil, failure.refuses("dimensions") { plainer.dimensions = false }
                guard plainer != known else { throw error(failure.detail) }
                dialect.withLock { $0 = plainer }
            }
        }
    }

    /// The same in smaller pieces; nil where nothing is left to be made smaller.
    private func inParts(_ texts: [String], dimensions: Int?) async throws -> [[Float]]? {
        guard texts.count > 1 else {
            guard let text = texts.first, text.utf8.count > Self.leastCut else { return nil }
            return try await vectors([TextCut.cut(text, to: text.utf8.count / 2)], dimensions: dimensions)
        }
        let middle = texts.count / 2
        let first = try await vectors(Array(texts[..<middle]), dimensions: dimensions)
        return try await first + vectors(Array(texts[middle...]), dimensions: dimensions ?? first.first?.count)
    }

    private func message(_ texts: [String], _ dialect: Dialect) -> HTTPRequest {
        var body: JSONObject = ["model": .string(endpoint.model), "input": .array(texts.map(JSONValue.string))]
        if dialect.encodingFormat { body["encoding_format"] = "base64" }
        if dialect.dimensions, let dimensions = endpoint.dimensions { body["dimensions"] = JSONValue(dimensions) }
        var headers: HTTPHeaders = ["Content-Type": "application/json", "Accept": "application/json"]
        if let key = endpoint.key { headers["Authorization"] = "Bearer \(key.reveal())" }
        return HTTPRequest(
            .post,
            endpoint.baseURL.appending(path: "embeddings"),
            headers: headers,
            body: Array(JSONValue.object(body).serialized().utf8)
        )
    }

    private func read(_ response: HTTPResponse, count: Int, dimensions: Int?) throws(EmbeddingError) -> [[Float]] {
        guard let value = try? JSONParser.parse(utf8: response.body) else {
            throw malformed("it is not JSON")
        }
        do {
            return try EmbeddingReply.vectors(value, count: count, dimensions: dimensions)
        } catch {
            throw malformed(ServerMessage.line(error.detail, hiding: endpoint.key))
        }
    }

    private func error(_ detail: String) -> EmbeddingError {
        EmbeddingError(.endpointFailed, "the embedding model \(endpoint) gave no vectors: \(detail)")
    }

    private func malformed(_ detail: String) -> EmbeddingError {
        EmbeddingError(.malformedReply, "the answer of the embedding model \(endpoint) cannot be used: \(detail)")
    }
}
