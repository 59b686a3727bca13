import Glibc

/// A sentence encoder of the BERT family that runs in this process on the processor.
///
/// Any model folder with an `openvino_model.xml` or `model.onnx` beside its Hugging Face configuration loads the same
/// way. The model is compiled when the first text arrives. A caller who is alone gets all cores for a text; callers who
/// meet have their texts run together, on one core a batch; many texts of one caller run in batches side by side.
public final class SentenceEncoder: TokenEncoder {
    public let model: EmbeddingModel
    let configuration: EncoderConfiguration
    private let tokenizer: WordPieceTokenizer
    private let quick: ModelLane
    private let bulk: BulkEncoder
    private let desk: EncodingDesk

    /// From this many texts on, the batches of one caller run side by side.
    private static let bulkThreshold = 32

    /// Where an encoder's files are.
    public struct Files: Sendable, Hashable {
        /// Folder with the model, its vocabulary and its configuration.
        public var model: String
        /// OpenVINO's C library.
        public var runtime: String
        /// Where compiled models are kept between processes; nil for nowhere.
        public var cache: String?

        public init(model: String, runtime: String, cache: String? = nil) {
            self.model = model
            self.runtime = runtime
            self.cache = cache
        }
    }

    /// Reads the configuration and vocabulary of a model folder; the weights are left for the first text.
    ///
    /// - Throws: `EmbeddingError` that names the missing or unusable file.
    public init(files: Files) throws(EmbeddingError) {
        let configuration = try EncoderConfiguration(folder: files.model)
        let tokenizer = try WordPieceTokenizer(folder: files.model)
        self.configuration = configuration
        self.tokenizer = tokenizer
        model = EmbeddingModel(
            name: configuration.name,
            fingerprint: try ModelFingerprint.compute(
                folder: files.model,
                weights: try ModelFiles.weights(in: files.model)
            ),
            dimensions: configuration.dimensions
        )
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let (width, padding) = (configuration.dimensions, tokenizer.paddingToken)
        let quick = ModelLane(width: width, padding: padding) { try Self.compile(files, .latency) }
        let bulk = BulkEncoder(width: width, longest: configuration.maximumTokens, padding: padding) {
            try Self.compile(files, .throughput(lanes: cores))
        }
        self.quick = quick
        self.bulk = bulk
        desk = EncodingDesk(
            limits: EncodingQueue.Limits(longest: configuration.maximumTokens),
            quick: quick
        ) {
            // With one core, one lane is all there is.
            guard cores > 1 else { return [] }
            let model = try await bulk.compiled()
            return (0..<cores).map { _ in ModelLane(width: width, padding: padding) { model } }
        }
    }

    private static func compile(
        _ files: Files,
        _ profile: CompiledModel.Profile
    ) throws(EmbeddingError) -> CompiledModel {
        try CompiledModel(
            library: files.runtime,
            model: try ModelFiles.model(in: files.model),
            profile: profile,
            precision: nil,
            cacheFolder: files.cache
        )
    }

    /// Compiles the model now instead of with the first text.
    public func prepare() async throws { try await quick.prepare() }

    public func embed(_ texts: [String], as role: TextRole) async throws -> EmbeddingMatrix {
        guard !texts.isEmpty else { return EmbeddingMatrix(dimensions: model.dimensions) }
        return try await EmbeddingTelemetry.measuring(model, texts: texts.count) {
            try await vectors(of: texts, as: role)
        }
    }

    private func vectors(of texts: [String], as role: TextRole) async throws -> EmbeddingMatrix {
        let prefix = role == .query ? configuration.queryPrefix : configuration.documentPrefix
        let limit = configuration.maximumTokens
        let rows = try texts.map { text in
            try Task.checkCancellation()
            return TokenRow(ids: tokenizer.encode(prefix.isEmpty ? text : prefix + text, limit: limit).ids)
        }
        let (pooling, width) = (configuration.pooling, model.dimensions)
        let vectors =
            if rows.count < Self.bulkThreshold {
                try await desk.encode(rows).map { states in
                    states.withUnsafeBufferPointer { Self.pooled($0, pooling, width) }
                }
            } else {
                try await bulk.run(rows) { Self.pooled($0, pooling, width) }
            }
        return EmbeddingMatrix(dimensions: width, values: Array(vectors.joined()))
    }

    public func encode(_ texts: [String], as role: TextRole) async throws -> [EncodedText] {
        guard !texts.isEmpty else { return [] }
        return try await EmbeddingTelemetry.measuring(model, texts: texts.count) {
            try await states(of: texts, as: role)
        }
    }

    private func states(of texts: [String], as role: TextRole) async throws -> [EncodedText] {
        let prefix = role == .query ? configuration.queryPrefix : configuration.documentPrefix
        let tokens = try texts.map { text in
            try Task.checkCancellation()
            return tokenizer.tokens(of: text, after: prefix, limit: configuration.maximumTokens)
        }
        let rows = tokens.map { TokenRow(ids: $0.map(\.id)) }
        let states =
            rows.count < Self.bulkThreshold ? try await desk.encode(rows) : try await bulk.run(rows) { Array($0) }
        let (pooling, width) = (configuration.pooling, model.dimensions)
        return zip(tokens, states).map { tokens, states in
            EncodedText(
                vector: states.withUnsafeBufferPointer { Self.pooled($0, pooling, width) },
                tokens: tokens,
                states: EmbeddingMatrix(dimensions: width, values: states)
            )
        }
    }

    private static func pooled(
        _ states: UnsafeBufferPointer<Float>,
        _ mode: EncoderConfiguration.Pooling,
        _ width: Int
    ) -> [Float] {
        var vector = [Float](repeating: 0, count: width)
        vector.withUnsafeMutableBufferPointer { Pooling.pool(states, mode: mode, into: $0) }
        return vector
    }
}
