import HTTPTransport
import TestSupport

@testable import TextEmbedding

extension ScriptedServer {
    static let embeddings = "/v1/embeddings"

    /// The embedder at this server; waits between attempts are too short to notice.
    func embedder(
        dimensions: Int? = nil,
        timeout: Duration = .seconds(30),
        maximumReplyBytes: Int = 8 << 20,
        configure: (inout EmbeddingEndpoint) -> Void = { _ in }
    ) async throws -> RemoteEmbedder {
        var endpoint = try EmbeddingEndpoint(
            model: "words",
            address: origin,
            key: "sk-secret-123",
            dimensions: dimensions
        )
        configure(&endpoint)
        let policy = EndpointCallPolicy(
            timeout: timeout,
            concurrency: endpoint.concurrency,
            maximumReplyBytes: maximumReplyBytes,
            retry: RetryPolicy(
                attempts: 3,
                baseDelay: .milliseconds(1),
                maximumDelay: .milliseconds(2),
                maximumRetryAfter: .milliseconds(5)
            )
        )
        return try await RemoteEmbedder.connect(to: endpoint, policy: policy, client: CurlHTTPClient())
    }
}

/// What a call that must fail says.
func embeddingFailure(_ call: () async throws -> EmbeddingMatrix) async throws -> EmbeddingError {
    do {
        throw UnexpectedVectors(rows: try await call().rows)
    } catch let error as EmbeddingError {
        return error
    }
}

struct UnexpectedVectors: Error { let rows: Int }
