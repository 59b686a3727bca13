/// One of the measures that decide a ranking.
public enum Signal: String, Sendable, Hashable, CaseIterable {
    /// Closeness of meaning: the cosine of sentence vectors.
    case dense
    /// Shared words.
    case lexical
    /// How much of the query each text covers, word by word in meaning.
    case queryCoverage = "query_coverage"
    /// How much of the text the query covers, word by word in meaning.
    case textCoverage = "text_coverage"
    /// How much of the name the query covers.
    case nameCoverage = "name_coverage"
    /// What the skill adds to its tool, or the tool to its skill.
    case kinship
    /// A cross-encoder's judgement.
    case crossEncoder = "cross_encoder"
    /// A language model's judgement.
    case languageModel = "language_model"
}
