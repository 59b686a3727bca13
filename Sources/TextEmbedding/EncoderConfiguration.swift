import JSONSchema
import Storage

/// How a model folder says its encoder is to be used: lengths, pooling, prefixes.
///
/// Read from the files a Hugging Face sentence-transformers folder carries; what a folder does not say gets the
/// defaults of that library.
package struct EncoderConfiguration: Sendable, Hashable {
    package enum Pooling: String, Sendable {
        /// The mean over all tokens.
        case mean
        /// The state of the first token.
        case firstToken
    }

    package var name: String
    /// Length of a token state, and of a pooled vector.
    package var dimensions: Int
    /// Most tokens of one text, `[CLS]` and `[SEP]` included.
    package var maximumTokens: Int
    package var pooling: Pooling
    package var queryPrefix: String
    package var documentPrefix: String

    /// Reads the configuration of a model folder.
    package init(folder: String) throws(EmbeddingError) {
        let model = try Self.json("config.json", in: folder) ?? [:]
        let sentence = try Self.json("sentence_bert_config.json", in: folder) ?? [:]
        let pooling = try Self.json("1_Pooling/config.json", in: folder) ?? [:]
        let prompts = try Self.json("config_sentence_transformers.json", in: folder)?["prompts"] ?? [:]
        guard let dimensions = model["hidden_size"]?.intValue, dimensions > 0 else {
            throw EmbeddingError(
                .modelUnusable,
                "\(folder)/config.json does not say hidden_size; is this a BERT model folder?"
            )
        }
        name = Self.displayName(model["_name_or_path"]?.stringValue, folder: folder)
        self.dimensions = dimensions
        let positions = model["max_position_embeddings"]?.intValue ?? 512
        maximumTokens = max(2, min(sentence["max_seq_length"]?.intValue ?? positions, positions))
        self.pooling = pooling["pooling_mode_cls_token"]?.boolValue == true ? .firstToken : .mean
        let unsupported = ["pooling_mode_max_tokens", "pooling_mode_mean_sqrt_len_tokens", "pooling_mode_lasttoken"]
        if let mode = unsupported.first(where: { pooling[$0]?.boolValue == true }) {
            throw EmbeddingError(
                .modelUnusable,
                "\(folder): \(mode) is not supported; mean and first-token pooling are"
            )
        }
        queryPrefix = prompts["query"]?.stringValue ?? ""
        documentPrefix = (prompts["document"] ?? prompts["passage"])?.stringValue ?? ""
    }

    private static func displayName(_ path: String?, folder: String) -> String {
        let name = FileSystem.name(of: folder)
        guard name == "encoder", let path, !path.isEmpty else { return name }
        return FileSystem.name(of: path)
    }

    /// A file of a model folder; nil where it is not there.
    static func json(_ name: String, in folder: String) throws(EmbeddingError) -> JSONValue? {
        let path = "\(folder)/\(name)"
        guard FileSystem.exists(path) else { return nil }
        do {
            return try JSONParser.parse(utf8: FileSystem.read(path, limit: 1 << 25))
        } catch let error as StorageError {
            throw EmbeddingError(.modelUnusable, error.description)
        } catch {
            throw EmbeddingError(.modelUnusable, "\(path): \(error)")
        }
    }
}
