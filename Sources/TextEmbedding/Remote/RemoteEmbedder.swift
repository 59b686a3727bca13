package import HTTPTransport
import Storage

/// An embedding model behind an OpenAI-compatible endpoint.
///
/// Texts go out in batches, several at a time; what fails for now is tried again. An answer is checked before it is used,
/// and vectors are brought to length 1. A text without a word is not sent: its vector is the first unit vector. Texts of
/// more than 16 KiB are cut, and further where the server still finds them too long.
public final class RemoteEmbedder: Embedder {
    public let model: EmbeddingModel
    /// Where the model is asked.
    public let endpoint: EmbeddingEndpoint
    /// The server decides what stands behind a name.
    public var isSwappable: Bool { true }
    private let calls: EmbeddingCalls

    /// Longest text that is sent, in bytes.
    private static let longestText = 16 << 10
    /// What is embedded to learn the length of vectors.
    private static let sample = "How long is a vector?"

    /// Makes an embedder of an endpoint; asks it for the length of its vectors where that is not configured.
    ///
    /// - Throws: `EmbeddingError` for a server that gives none.
    public static func connect(to endpoint: EmbeddingEndpoint) async throws -> RemoteEmbedder {
        let policy = EndpointCallPolicy(
            timeout: endpoint.timeout,
            concurrency: endpoint.concurrency,
            maximumReplyBytes: 48 << 20
        )
        return try await connect(to: endpoint, policy: policy, client: CurlHTTPClient(options: endpoint.transport))
    }

    package static func connect(
        to endpoint: EmbeddingEndpoint,
        policy: EndpointCallPolicy,
        client: any HTTPClient
    ) async throws -> RemoteEmbedder {
        let calls = EmbeddingCalls(endpoint, policy: policy, client: client)
        let known = endpoint.dimensions
        let asked = known == nil ? try await calls.vectors([sample], dimensions: nil).first?.count : nil
        return RemoteEmbedder(endpoint, dimensions: known ?? asked ?? 1, calls)
    }

    private init(_ endpoint: EmbeddingEndpoint, dimensions: Int, _ calls: EmbeddingCalls) {
        self.endpoint = endpoint
        self.calls = calls
        // The same model is the same wherever it is served, so that routers that reach it by other ways can share a library.
        let parts = [endpoint.model, "\(dimensions)", endpoint.queryPrefix, endpoint.documentPrefix]
        let identity = "endpoint\n" + parts.map { "\($0.utf8.count) \($0)\n" }.joined()
        model = EmbeddingModel(
            name: endpoint.model,
            fingerprint: String(ContentHash(of: identity).hexadecimal.prefix(32)),
            dimensions: dimensions
        )
    }

    public func embed(_ texts: [String], as role: TextRole) async throws -> EmbeddingMatrix {
        let prefix = role == .query ? endpoint.queryPrefix : endpoint.documentPrefix
        var values = [Float](repeating: 0, count: texts.count * model.dimensions)
        var places: [Int] = []
        var sent: [String] = []
        for (place, text) in texts.enumerated() {
            if text.allSatisfy(\.isWhitespace) {
                values[place * model.dimensions] = 1
            } else {
                places.append(place)
                sent.append(TextCut.cut(prefix + text, to: Self.longestText))
            }
        }
        guard !sent.isEmpty else { return EmbeddingMatrix(dimensions: model.dimensions, values: values) }
        let server = (host: endpoint.baseURL.host, port: endpoint.baseURL.port)
        try await EmbeddingTelemetry.measuring(model, texts: sent.count, provider: "openai", server: server) {
            try await embed(sent) { index, row in
                values.replaceSubrange(
                    places[index] * model.dimensions..<(places[index] + 1) * model.dimensions,
                    with: row
                )
            }
        }
        return EmbeddingMatrix(dimensions: model.dimensions, values: values)
    }

    /// Sends texts in batches; gives back each vector with the place of its text.
    private func embed(_ texts: [String], give: (Int, [Float]) -> Void) async throws {
        let dimensions = model.dimensions
        var waiting = TextBatches.ranges(texts)[...]
        try await withThrowingTaskGroup(of: (Range<Int>, [[Float]]).self) { group in
            // No more calls are prepared than may be on their way.
            func startNext() {
                guard let range = waiting.popFirst() else { return }
                let batch = Array(texts[range])
                group.addTask { [calls] in (range, try await calls.vectors(batch, dimensions: dimensions)) }
            }
            for _ in 0..<max(1, endpoint.concurrency) { startNext() }
            while let (range, rows) = try await group.next() {
                for (index, row) in zip(range, rows) { give(index, row) }
                startNext()
            }
        }
    }
}
