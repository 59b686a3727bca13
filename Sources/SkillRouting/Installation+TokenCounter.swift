package import LanguageModels
import Storage

extension Installation {
    /// What language-model tokens are counted with: the real tokenizer where its vocabulary is installed, else an estimate
    /// that is labelled as one.
    ///
    /// - Parameter vocabulary: another file of token ranks.
    package func tokenCounter(vocabulary: String? = nil) throws -> any TokenCounter {
        if let vocabulary { return try BytePairTokenizer(vocabularyFile: vocabulary) }
        let installed = searched.flatMap { root in
            ["\(root)/.deps/tokenizer/qwen.tiktoken", "\(root)/share/skillweaver/tokenizer/qwen.tiktoken"]
        }
        guard let file = installed.first(where: FileSystem.exists) else { return LengthEstimate() }
        return try BytePairTokenizer(vocabularyFile: file)
    }
}
