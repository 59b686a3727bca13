import JSONSchema

/// How a folder says its model of text pairs is to be used.
struct CrossEncoderConfiguration: Sendable, Hashable {
    /// Most tokens of a pair, marks included.
    var maximumTokens: Int
    /// Labels the model is said to have; nil where nothing is said.
    var labels: Int?

    init(folder: String) throws(EmbeddingError) {
        guard let model = try EncoderConfiguration.json("config.json", in: folder) else {
            throw EmbeddingError(.modelUnusable, "\(folder) holds no config.json; is this a model folder?")
        }
        let tokenizer = try EncoderConfiguration.json("tokenizer_config.json", in: folder) ?? [:]
        let positions = model["max_position_embeddings"]?.intValue ?? 512
        // Tokenizers without a limit of their own say 1e30.
        let limit = tokenizer["model_max_length"]?.doubleValue.flatMap { Int(exactly: min($0, 1e9).rounded()) }
        maximumTokens = max(8, min(positions, limit ?? positions, 8_192))
        labels = model["num_labels"]?.intValue ?? model["id2label"]?.objectValue?.count
        if let labels, labels > 2 {
            throw EmbeddingError(
                .modelUnusable,
                "\(folder) sorts pairs into \(labels) labels; a cross-encoder gives one score, or two: unfit and fit"
            )
        }
    }
}
