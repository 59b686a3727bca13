import CommandLineInterface
import SkillEvaluation

/// The systems that CompSkillBench compares, as the command line calls them.
enum BenchDecomposer: String, CaseIterable, CommandLineValue {
    case local
    case plainSplit = "plain-split"
    case whole, majority, tfidf, oracle
    case oracleCount = "oracle-k"
    case vanilla, sad, react
    case revised = "sad+"
    case direct = "llm-direct"

    var system: BenchmarkSystem {
        switch self {
        case .local: .local
        case .plainSplit: .clauses
        case .whole: .whole
        case .majority: .majority
        case .tfidf: .tfidf
        case .oracle: .oracle
        case .oracleCount: .oracleCount
        case .vanilla: .vanilla
        case .sad: .sad
        case .revised: .revised
        case .react: .react
        case .direct: .llmDirect
        }
    }
}

/// The systems that need a language model, as the command line calls them.
enum DialogueSystem: String, CaseIterable, CommandLineValue {
    case vanilla, sad, react
    case revised = "sad+"
    case direct = "llm-direct"
    case oracleCount = "oracle-k"

    var system: BenchmarkSystem {
        switch self {
        case .vanilla: .vanilla
        case .sad: .sad
        case .revised: .revised
        case .react: .react
        case .direct: .llmDirect
        case .oracleCount: .oracleCount
        }
    }
}
