/// A figure that every scored request has one value of, and whose mean over requests is reported.
///
/// The raw value is its name in result files; the order of the cases is the order in reports.
package enum Metric: String, Sendable, Hashable, CaseIterable {
    // Decomposition: the number of steps.

    /// 1 where the number of predicted steps equals the number of gold steps, else 0.
    case decompositionAccuracy = "da"
    /// 1 where the two numbers differ by at most one, else 0.
    case decompositionAccuracyWithinOne = "da_within_1"
    /// Absolute difference of the two numbers.
    case stepCountError = "step_count_error"

    // Decomposition: what was asked of a language model.

    /// Replies of the model.
    case rounds
    /// How much the hints of successive rounds have in common (Jaccard), their mean.
    case hintOverlap = "hint_jaccard"

    // Decomposition: the texts of the steps, aligned by the Hungarian algorithm.

    case stepTextPrecision = "step_text_precision"
    case stepTextRecall = "step_text_recall"
    case stepTextF1 = "step_text_f1"

    // Routing by category, aligned by position.

    case categoryRecallAt1 = "cat_r_at_1"
    case categoryRecallAt5 = "cat_r_at_5"
    case categoryRecallAt10 = "cat_r_at_10"
    /// 1 where the step count is right and the first candidate of every step has the gold category, else 0.
    case categoryChain = "chain_cat"
    /// Category recall at 1 of the skills that composition selected.
    case composedCategoryRecall = "composed_cat_r_at_1"
    /// The chain metric on the skills that composition selected.
    case composedCategoryChain = "composed_chain_cat"

    // Plans.

    /// 1 where the plan has no structural fault, else 0.
    case planValidity = "plan_valid"
    /// Share of predicted steps that no skill was found for.
    case abstention = "abstained"
    case edgePrecision = "edge_precision"
    case edgeRecall = "edge_recall"
    case edgeF1 = "edge_f1"
    /// 1 where independent gold steps got no edge, else 0; only for several gold steps without any gold edge.
    case independenceKept = "independence_kept"

    // Arguments.

    /// Share of literal gold arguments whose value is exactly right.
    case literalArguments = "argument_literal"
    /// Literal gold arguments of a request; their mean is the weight of the next two.
    case literalArgumentCount = "argument_literals"
    /// Of these the ones whose value is exactly right: divided by the one above, the share over all arguments.
    case rightLiteralArguments = "argument_literals_right"
    /// Of these the ones that are bound to something else.
    case wrongLiteralArguments = "argument_literals_wrong"
    /// Share of gold arguments with a reference whose step and field are exactly right.
    case referenceArguments = "argument_reference"
    /// Share of gold arguments with a reference that refer to the right steps, whatever the field.
    case referencedSteps = "argument_reference_step"

    // Tools.

    case stepToolRecallAt1 = "step_tool_r_at_1"
    case stepToolRecallAt5 = "step_tool_r_at_5"
    case stepToolRecallAt10 = "step_tool_r_at_10"
    case toolPrecision = "tool_precision"
    case toolRecall = "tool_recall"
    case toolF1 = "tool_f1"

    // Retrieval alone.

    case recallAt1 = "r_at_1"
    case recallAt5 = "r_at_5"
    case recallAt10 = "r_at_10"
    case reciprocalRank = "mrr"
    case normalizedGainAt10 = "ndcg_at_10"
}

extension Metric: Comparable {
    private static let order = Dictionary(zip(allCases, allCases.indices)) { first, _ in first }

    /// The order of reports.
    package static func < (left: Metric, right: Metric) -> Bool { (order[left] ?? 0) < (order[right] ?? 0) }
}

extension Metric {
    /// The name people know it by.
    package var title: String {
        switch self {
        case .decompositionAccuracy: "DA"
        case .decompositionAccuracyWithinOne: "DA±1"
        case .stepCountError: "Step error"
        case .rounds: "LLM rounds"
        case .hintOverlap: "Hint Jaccard"
        case .stepTextPrecision: "Step text P"
        case .stepTextRecall: "Step text R"
        case .stepTextF1: "Step text F1"
        case .categoryRecallAt1: "CatR@1"
        case .categoryRecallAt5: "CatR@5"
        case .categoryRecallAt10: "CatR@10"
        case .categoryChain: "Chain_cat"
        case .composedCategoryRecall: "CatR@1 composed"
        case .composedCategoryChain: "Chain_cat composed"
        case .planValidity: "Valid plans"
        case .abstention: "Abstained"
        case .edgePrecision: "Edge P"
        case .edgeRecall: "Edge R"
        case .edgeF1: "Edge F1"
        case .independenceKept: "Independence kept"
        case .literalArguments: "Literal arguments"
        case .literalArgumentCount: "Literals"
        case .rightLiteralArguments: "Literals right"
        case .wrongLiteralArguments: "Literals wrong"
        case .referenceArguments: "Reference arguments"
        case .referencedSteps: "Referenced steps"
        case .stepToolRecallAt1: "Step→tool R@1"
        case .stepToolRecallAt5: "Step→tool R@5"
        case .stepToolRecallAt10: "Step→tool R@10"
        case .toolPrecision: "Tool P"
        case .toolRecall: "Tool R"
        case .toolF1: "Tool F1"
        case .recallAt1: "R@1"
        case .recallAt5: "R@5"
        case .recallAt10: "R@10"
        case .reciprocalRank: "MRR"
        case .normalizedGainAt10: "nDCG@10"
        }
    }

    /// Whether a smaller figure is the better one.
    package var isLowerBetter: Bool {
        self == .stepCountError || self == .abstention || self == .rounds || self == .wrongLiteralArguments
    }
}
