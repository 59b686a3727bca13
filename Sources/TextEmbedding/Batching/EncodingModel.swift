import Glibc

/// A model of an encoder, and the ways in which texts go through it.
///
/// A caller who is alone gets all cores for a text; callers who meet have their texts run together, on one core a batch;
/// many texts of one caller run in batches side by side. The model is compiled for each of these ways when it is first
/// needed.
final class EncodingModel: Sendable {
    private let quick: ModelLane
    private let bulk: BulkEncoder
    private let desk: EncodingDesk

    /// From this many texts on, the batches of one caller run side by side.
    private static let bulkThreshold = 32

    /// Attention looks at all pairs of a packed row, also at those it must not see.
    private static let packedTokens = 256

    /// - Parameters:
    ///   - layout: how the model wants the texts of a batch.
    ///   - width: values of a token's state.
    ///   - longest: tokens the model reads at most.
    ///   - padding: the id that fills short rows.
    ///   - compile: makes the model for a way of sharing the processor.
    init(
        layout: BatchLayout,
        width: Int,
        longest: Int,
        padding: Int32,
        compile: @escaping @Sendable (CompiledModel.Profile) throws -> CompiledModel
    ) {
        let compile: @Sendable (CompiledModel.Profile) throws -> CompiledModel = { profile in
            let model = try compile(profile)
            guard model.layout == layout else {
                throw EmbeddingError(.modelUnusable, "the model for queries is of another version; run 'make setup'")
            }
            return model
        }
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let quick = ModelLane(width: width, padding: padding) { try compile(.latency) }
        let bulk = BulkEncoder(width: width, longest: longest, padding: padding) {
            try compile(.throughput(lanes: cores))
        }
        self.quick = quick
        self.bulk = bulk
        var limits = EncodingQueue.Limits(layout: layout, longest: longest)
        if layout == .packed { limits.tokens = Self.packedTokens }
        desk = EncodingDesk(limits: limits, quick: quick) {
            // With one core, one lane is all there is.
            guard cores > 1 else { return [] }
            let model = try await bulk.compiled()
            return (0..<cores).map { _ in ModelLane(width: width, padding: padding) { model } }
        }
    }

    /// Compiles the model for callers who are alone now instead of with the first text.
    func prepare() async throws { try await quick.prepare() }

    /// Runs the model over texts.
    ///
    /// - Parameter read: makes something of the states of a text's tokens, which are valid during the call.
    /// - Returns: what was made of each text, in order.
    func run<Value: Sendable>(
        _ rows: [TokenRow],
        read: @Sendable (UnsafeBufferPointer<Float>) -> Value
    ) async throws -> [Value] {
        guard rows.count < Self.bulkThreshold else { return try await bulk.run(rows, read: read) }
        return try await desk.encode(rows).map { $0.withUnsafeBufferPointer(read) }
    }
}
