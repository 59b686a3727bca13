import Glibc
import Storage

/// A sentence encoder of the BERT family that runs in this process on the processor.
///
/// Any model folder with an `openvino_model.xml` or `model.onnx` beside its Hugging Face configuration loads the same
/// way. The model is compiled when the first text arrives; a batch of many texts compiles a second profile that trades
/// the latency of one text for throughput.
public actor SentenceEncoder: TokenEncoder {
    public nonisolated let model: EmbeddingModel
    nonisolated let configuration: EncoderConfiguration
    private let files: Files
    private let tokenizer: WordPieceTokenizer
    private var quick: InferenceSession?
    private var wide: InferenceSession?

    private nonisolated let executor = BlockingExecutor(label: "sentence-encoder")
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// From this many texts on, batches run side by side.
    private static let wideThreshold = 32
    private static let tokenBudget = 512

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
        configuration = try EncoderConfiguration(folder: files.model)
        self.files = files
        tokenizer = try WordPieceTokenizer(folder: files.model)
        model = EmbeddingModel(
            name: configuration.name,
            fingerprint: try ModelFingerprint.compute(
                folder: files.model,
                weights: try ModelFiles.weights(in: files.model)
            ),
            dimensions: configuration.dimensions
        )
    }

    /// Compiles the model now instead of with the first text.
    public func prepare() throws {
        _ = try session(texts: 1)
    }

    public func embed(_ texts: [String], as role: TextRole) async throws -> EmbeddingMatrix {
        guard !texts.isEmpty else { return EmbeddingMatrix(dimensions: model.dimensions) }
        let prefix = role == .query ? configuration.queryPrefix : configuration.documentPrefix
        let limit = configuration.maximumTokens
        let sequences = try texts.map { text in
            try Task.checkCancellation()
            return tokenizer.encode(prefix.isEmpty ? text : prefix + text, limit: limit).ids
        }
        var vectors = [Float](repeating: 0, count: texts.count * model.dimensions)
        try run(sequences) { member, states in
            vectors.withUnsafeMutableBufferPointer { pool(states, into: $0, row: member) }
        }
        return EmbeddingMatrix(dimensions: model.dimensions, values: vectors)
    }

    public func encode(_ texts: [String], as role: TextRole) async throws -> [EncodedText] {
        guard !texts.isEmpty else { return [] }
        let prefix = role == .query ? configuration.queryPrefix : configuration.documentPrefix
        let tokens = try texts.map { text in
            try Task.checkCancellation()
            return tokenizer.tokens(of: text, after: prefix, limit: configuration.maximumTokens)
        }
        var encoded = [EncodedText?](repeating: nil, count: texts.count)
        try run(tokens.map { $0.map(\.id) }) { member, states in
            var vector = [Float](repeating: 0, count: model.dimensions)
            vector.withUnsafeMutableBufferPointer { pool(states, into: $0, row: 0) }
            encoded[member] = EncodedText(
                vector: vector,
                tokens: tokens[member],
                states: EmbeddingMatrix(dimensions: model.dimensions, values: Array(states))
            )
        }
        return encoded.compactMap { $0 }
    }

    private func pool(
        _ states: UnsafeBufferPointer<Float>,
        into vectors: UnsafeMutableBufferPointer<Float>,
        row: Int
    ) {
        let width = model.dimensions
        Pooling.pool(
            states,
            mode: configuration.pooling,
            into: UnsafeMutableBufferPointer(rebasing: vectors[row * width..<(row + 1) * width])
        )
    }

    // MARK: - Inference

    private func session(texts: Int) throws(EmbeddingError) -> InferenceSession {
        let isWide = texts >= Self.wideThreshold
        if let ready = isWide ? wide : quick { return ready }
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let session = try InferenceSession(
            library: files.runtime,
            model: try ModelFiles.model(in: files.model),
            profile: isWide ? .throughput(lanes: cores) : .latency,
            precision: nil,
            cacheFolder: files.cache
        )
        if isWide { wide = session } else { quick = session }
        return session
    }

    /// Runs the model over all sequences.
    ///
    /// - Parameter read: receives the index of a sequence and the states of its tokens, which are valid during the call;
    ///   each sequence once, in no fixed order.
    private func run(_ sequences: [[Int32]], read: (Int, UnsafeBufferPointer<Float>) -> Void) throws {
        let plan = BatchPlan(
            lengths: sequences.map(\.count),
            tokenBudget: Self.tokenBudget,
            longest: configuration.maximumTokens
        )
        try session(texts: sequences.count).run(
            sequences.map { TokenRow(ids: $0) },
            in: plan.batches,
            padding: tokenizer.paddingToken
        ) { batch, output in
            let width = try width(of: output, columns: batch.columns)
            for (row, member) in batch.members.enumerated() {
                let start = row * batch.columns * width
                read(
                    member,
                    UnsafeBufferPointer(rebasing: output.values[start..<start + sequences[member].count * width])
                )
            }
        }
    }

    /// Values a token, where the output is what an encoder gives: batch × tokens × hidden.
    private func width(of output: InferenceOutput, columns: Int) throws(EmbeddingError) -> Int {
        guard output.shape.count == 3, output.shape[1] == columns else {
            throw EmbeddingError(
                .modelUnusable,
                "the model's first output has the shape \(output.shape); token states (batch × tokens × hidden) were expected"
            )
        }
        let width = output.shape[2]
        guard width == model.dimensions else {
            throw EmbeddingError(
                .modelUnusable,
                "the model gives \(width) values a token, its config.json says \(model.dimensions)"
            )
        }
        return width
    }
}
