/// A way of routing that a benchmark compares.
package enum BenchmarkSystem: String, Sendable, Hashable, CaseIterable {
    case local
    case clauses
    case whole
    case majority
    case tfidf
    case dense
    case lexical
    case hybrid
    case late
    case cross
    case oracle
    case oracleCount = "oracle-k"
    case vanilla
    case sad
    case revised = "sad+"
    case react
    case llmDirect = "llm-direct"

    /// The name in tables.
    package var title: String {
        switch self {
        case .local: "Local decomposer"
        case .clauses: "Clause split"
        case .whole: "Whole request, no decomposition"
        case .majority: "Majority step count"
        case .tfidf: "TF-IDF"
        case .dense: "Dense"
        case .lexical: "Lexical"
        case .hybrid: "Hybrid"
        case .late: "Hybrid and late interaction"
        case .cross: "… and a cross-encoder"
        case .oracle: "Gold steps"
        case .oracleCount: "Oracle step count"
        case .vanilla: "Vanilla LLM"
        case .sad: "SAD"
        case .revised: "SAD+"
        case .react: "ReAct-style"
        case .llmDirect: "LLM-Direct"
        }
    }

    /// Whether it has figures only once a language model has answered its prompts.
    package var needsLanguageModel: Bool {
        switch self {
        case .vanilla, .sad, .revised, .react, .llmDirect, .oracleCount: true
        case .local, .clauses, .whole, .majority, .tfidf, .dense, .lexical, .hybrid, .late, .cross, .oracle: false
        }
    }
}
