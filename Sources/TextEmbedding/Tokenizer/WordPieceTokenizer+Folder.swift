import JSONSchema
import Storage

extension WordPieceTokenizer {
    /// The tokenizer of a model folder: `vocab.txt` with `tokenizer_config.json`, else `tokenizer.json`.
    ///
    /// - Throws: `EmbeddingError` for a folder without one, or with one that is no WordPiece.
    init(folder: String) throws(EmbeddingError) {
        let settings = try EncoderConfiguration.json("tokenizer_config.json", in: folder) ?? [:]
        let path = "\(folder)/vocab.txt"
        let whole = FileSystem.exists(path) ? nil : try EncoderConfiguration.json("tokenizer.json", in: folder)
        // What tokenizer.json says of itself counts before what stands beside it.
        let normalizer = whole?["normalizer"] ?? [:]
        let lowercase = normalizer["lowercase"]?.boolValue ?? settings["do_lower_case"]?.boolValue ?? true
        let stripAccents = normalizer["strip_accents"]?.boolValue ?? settings["strip_accents"]?.boolValue
        let splitChinese =
            normalizer["handle_chinese_chars"]?.boolValue ?? settings["tokenize_chinese_chars"]?.boolValue ?? true
        do {
            guard let whole else {
                try self.init(
                    vocabularyFile: path,
                    lowercase: lowercase,
                    stripAccents: stripAccents,
                    splitChinese: splitChinese
                )
                return
            }
            try self.init(
                vocabulary: Self.vocabulary(in: whole, of: folder),
                lowercase: lowercase,
                stripAccents: stripAccents,
                splitChinese: splitChinese
            )
        } catch let error as EmbeddingError {
            throw error
        } catch {
            throw EmbeddingError(.modelUnusable, "\(error)")
        }
    }

    /// The pieces of a tokenizer.json in the order of their ids, one a line.
    private static func vocabulary(in tokenizer: JSONValue, of folder: String) throws(EmbeddingError) -> [UInt8] {
        let model = tokenizer["model"] ?? [:]
        let prefix = model["continuing_subword_prefix"]?.stringValue ?? "##"
        guard let pieces = model["vocab"]?.objectValue, model["type"]?.stringValue ?? "WordPiece" == "WordPiece",
            prefix == "##"
        else {
            let type = model["type"]?.stringValue ?? "nothing it knows"
            throw EmbeddingError(
                .modelUnusable,
                "\(folder)/tokenizer.json describes \(type); only WordPiece with '##', as BERT has it, is supported"
            )
        }
        var lines = [String?](repeating: nil, count: pieces.count)
        for (piece, id) in pieces {
            guard let id = id.intValue, lines.indices.contains(id), lines[id] == nil else {
                throw EmbeddingError(.modelUnusable, "\(folder)/tokenizer.json does not number its pieces 0, 1, 2 …")
            }
            lines[id] = piece
        }
        return Array(lines.compactMap { $0 }.joined(separator: "\n").utf8)
    }
}
