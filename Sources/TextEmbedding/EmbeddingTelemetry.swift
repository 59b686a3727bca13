import Observability

/// What is said about turning texts into vectors; the texts are not.
enum EmbeddingTelemetry {
    /// Does `work` within a span, and notes how long it took.
    ///
    /// - Parameters:
    ///   - provider: who runs the model; nil for this process.
    ///   - server: where, when it is somewhere else.
    static func measuring<Value>(
        _ model: EmbeddingModel,
        texts: Int,
        provider: String? = nil,
        server: (host: String, port: Int)? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ work: () async throws -> Value
    ) async throws -> Value {
        let telemetry = Telemetry.current
        guard let timer = telemetry.beginTiming() else { return try await work() }
        let said: Attributes = [
            .operationName: "embeddings", .providerName: .string(provider ?? "skillweaver"),
            .requestModel: .string(model.name), .serverAddress: server.map { .string($0.host) },
            .serverPort: server.map { .integer($0.port) },
        ]
        do {
            let value = try await withSpan(
                "embeddings \(model.name)",
                kind: server == nil ? .internal : .client,
                attributes: said.merging([
                    .embeddingDimensions: .integer(model.dimensions), .textCount: .integer(texts),
                ])
            ) { _ in try await work() }
            telemetry.metrics?.record(.clientOperationDuration, timer.seconds, said)
            return value
        } catch {
            let type = ErrorType.name(of: error)
            telemetry.metrics?.record(
                .clientOperationDuration,
                timer.seconds,
                said.merging([.errorType: .string(type)])
            )
            throw error
        }
    }
}
