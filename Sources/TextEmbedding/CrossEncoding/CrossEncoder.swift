import Glibc
import Storage

/// A model of the BERT family that reads two texts together and says how well they fit.
///
/// A folder with an `openvino_model.xml` or `model.onnx`, `config.json`, and `vocab.txt` or `tokenizer.json`, as
/// sentence-transformers' cross-encoders are published. The model takes `input_ids` and `attention_mask`, and
/// `token_type_ids` where it has that input; it gives logits of shape [pairs], [pairs, 1] or [pairs, 2].
public actor CrossEncoder {
    /// Where its model and the runtime are.
    public typealias Files = SentenceEncoder.Files

    /// What people call it: the name of its folder.
    public nonisolated let name: String
    /// Changes whenever the weights, vocabulary or configuration do.
    public nonisolated let fingerprint: String
    private let files: Files
    private let configuration: CrossEncoderConfiguration
    private let tokenizer: WordPieceTokenizer
    private var session: InferenceSession?

    private nonisolated let executor = BlockingExecutor(label: "cross-encoder")
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Padded tokens that run together.
    private static let tokenBudget = 1_024
    /// Pairs are padded to multiples of this: the runtime prepares few shapes then.
    private static let lengthStep = 32

    /// Reads the configuration and vocabulary of a model folder, and looks for its weights.
    ///
    /// - Throws: `EmbeddingError` that names the missing or unusable file.
    public init(files: Files) throws(EmbeddingError) {
        self.files = files
        name = FileSystem.name(of: files.model)
        configuration = try CrossEncoderConfiguration(folder: files.model)
        tokenizer = try WordPieceTokenizer(folder: files.model)
        fingerprint = try ModelFingerprint.compute(
            folder: files.model,
            weights: try ModelFiles.weights(in: files.model)
        )
    }

    /// How well a text fits each of others: logits, of which only the order and the distances mean something.
    ///
    /// Of a model with two labels it is the second's logit less the first's. Pairs longer than the model reads lose tokens
    /// of the longer text. Stops with `CancellationError` soon after its task is cancelled.
    /// - Throws: `EmbeddingError.modelUnusable` for a model that has other inputs or another output.
    public func scores(_ pairs: [(text: String, other: String)]) throws -> [Float] {
        guard !pairs.isEmpty else { return [] }
        var known: [String: [Int32]] = [:]
        let sequences = try pairs.map { pair in
            try Task.checkCancellation()
            let first = known[pair.text] ?? tokens(of: pair.text)
            known[pair.text] = first
            return PairSequence(
                first,
                tokens(of: pair.other),
                limit: configuration.maximumTokens,
                opening: tokenizer.classificationToken,
                closing: tokenizer.separatorToken
            )
        }
        let session = try readySession()
        let plan = BatchPlan(
            lengths: sequences.map(\.ids.count),
            tokenBudget: Self.tokenBudget,
            step: Self.lengthStep,
            longest: configuration.maximumTokens
        )
        var scores = [Float](repeating: 0, count: pairs.count)
        try session.run(
            sequences.map { TokenRow(ids: $0.ids, secondStart: $0.secondStart) },
            in: plan.batches,
            padding: tokenizer.paddingToken
        ) { batch, output in
            for (row, logit) in try Self.logits(output, rows: batch.members.count).enumerated() {
                scores[batch.members[row]] = logit
            }
        }
        return scores
    }

    /// Compiles the model now instead of with the first pair.
    public func prepare() throws { _ = try readySession() }

    /// Without the marks that open and close a sequence.
    private func tokens(of text: String) -> [Int32] {
        // More than is kept of either text, so that which is longer still shows.
        Array(tokenizer.encode(text, limit: 2 * configuration.maximumTokens + 2).ids.dropFirst().dropLast())
    }

    private static func logits(_ output: InferenceOutput, rows: Int) throws(EmbeddingError) -> [Float] {
        let values = output.values
        let logits: [Float]
        switch output.shape {
        case [rows], [rows, 1]: logits = Array(values)
        case [rows, 2]: logits = (0..<rows).map { values[2 * $0 + 1] - values[2 * $0] }
        default:
            throw EmbeddingError(
                .modelUnusable,
                "the model's first output has the shape \(output.shape); a cross-encoder gives one or two logits a pair"
            )
        }
        guard logits.allSatisfy(\.isFinite) else {
            throw EmbeddingError(.inferenceFailed, "the model gave a logit that is not a finite number")
        }
        return logits
    }

    private func readySession() throws(EmbeddingError) -> InferenceSession {
        if let session { return session }
        let model = try ModelFiles.model(in: files.model)
        let session = try InferenceSession(
            CompiledModel(
                library: files.runtime,
                model: model,
                profile: .throughput(lanes: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
                cacheFolder: files.cache
            )
        )
        for input in ["input_ids", "attention_mask"] where !session.hasInput(input) {
            throw EmbeddingError(
                .modelUnusable,
                "\(model) has no input '\(input)'; a cross-encoder of the BERT family was expected"
            )
        }
        self.session = session
        return session
    }
}
