import SkillRetrieval

/// Reads the texts of a set once for all parts of retrieval that are judged on it.
actor QueryMemory {
    private var set = ""
    private var known: [String: SkillRetrieval.RetrievalQuery] = [:]

    /// The texts as queries, in order; what other sets asked for is forgotten.
    func read(
        _ texts: [String],
        of set: String,
        with retriever: SkillRetriever
    ) async throws -> [SkillRetrieval.RetrievalQuery] {
        if set != self.set { (self.set, known) = (set, [:]) }
        var asked: Set<String> = []
        let missing = texts.filter { known[$0] == nil && asked.insert($0).inserted }
        for (text, query) in zip(missing, try await retriever.read(missing)) { known[text] = query }
        return texts.compactMap { known[$0] }
    }
}
