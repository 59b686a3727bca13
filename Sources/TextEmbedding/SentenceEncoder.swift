/// A sentence encoder of the BERT family that runs in this process on the processor.
///
/// Any model folder with an `openvino_model.xml` or `model.onnx` beside its Hugging Face configuration loads the same
/// way. The model is compiled when the first text arrives. Where the folder also holds `openvino_query_model.xml`, queries
/// go through that: its vectors have a cosine of .999 with those of the other (mean of 200 queries), and take
/// little more than half the time. Documents do not: their vectors are kept.
public final class SentenceEncoder: TokenEncoder {
    public let model: EmbeddingModel
    let configuration: EncoderConfiguration
    private let tokenizer: WordPieceTokenizer
    private let documents: EncodingModel
    private let queries: EncodingModel

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
        func through(_ path: String, _ arithmetic: CompiledModel.Arithmetic, _ layout: BatchLayout) -> EncodingModel {
            EncodingModel(
                layout: layout,
                width: configuration.dimensions,
                longest: configuration.maximumTokens,
                padding: tokenizer.paddingToken
            ) {
                try CompiledModel(
                    library: files.runtime,
                    model: path,
                    profile: $0,
                    arithmetic: arithmetic,
                    cacheFolder: files.cache
                )
            }
        }
        documents = through(try ModelFiles.model(in: files.model), .native, .rows)
        queries = ModelFiles.queryModel(in: files.model).map { through($0, .eightBit, .packed) } ?? documents
    }

    /// Compiles the model that queries go through now instead of with the first of them.
    public func prepare() async throws { try await queries.prepare() }

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
        let vectors = try await encodingModel(for: role).run(rows) { Self.pooled($0, pooling, width) }
        return EmbeddingMatrix(dimensions: width, values: Array(vectors.joined()))
    }

    private func encodingModel(for role: TextRole) -> EncodingModel { role == .query ? queries : documents }

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
        let states = try await encodingModel(for: role).run(rows) { Array($0) }
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
