/// One block of a benchmark report: a table or two made from a results file.
package enum ReportBlock: String, Sendable, Hashable, CaseIterable {
    case compskill
    case compskillClean = "compskill-clean"
    case compskillDifficulty = "compskill-difficulty"
    case compskillPlans = "compskill-plans"
    case tasksDecomposition = "tasks-decomposition"
    case tasksTools = "tasks-tools"
    case tasksEdges = "tasks-edges"
    case tasksArguments = "tasks-arguments"
    case retrieval
    case tokens
    case latency
    case data
    case environment

    /// Heading above the block in a whole report.
    package var title: String {
        switch self {
        case .compskill: "CompSkillBench, all requests"
        case .compskillClean: "CompSkillBench, requests without hidden steps"
        case .compskillDifficulty: "CompSkillBench by difficulty"
        case .compskillPlans: "CompSkillBench, composed plans"
        case .tasksDecomposition: "Task sets: decomposition"
        case .tasksTools: "Task sets: tools"
        case .tasksEdges: "Task sets: edges"
        case .tasksArguments: "Task sets: arguments"
        case .retrieval: "Retrieval"
        case .tokens: "Tokens a request"
        case .latency: "Latency in milliseconds"
        case .data: "Data"
        case .environment: "Machine"
        }
    }

    /// The block's Markdown: its table and what one must know to read it. Ends with a line feed.
    package func markdown(_ results: BenchmarkResults) -> String {
        let text = table(results).text
        if text.isEmpty { return "Not measured yet.\n" }
        return text + (note.map { "\n\($0)\n" } ?? "")
    }

    /// What one must know to read the table; nil where it speaks for itself.
    private var note: String? {
        let intervals = "In brackets: 95 % bootstrap interval over requests."
        return switch self {
        case .compskill: "Published: \(PublishedFigures.source). \(intervals)"
        case .tokens: "Published: \(PublishedFigures.source). Figures of different sources are not comparable."
        case .tasksDecomposition: "\(intervals) Step texts are only compared where they were written for the request."
        case .tasksTools: "\(intervals) Step→tool recall starts from gold steps written for the request."
        case .tasksEdges: "\(intervals) Precision, recall and F1 only count requests with gold edges."
        case .compskillClean, .compskillDifficulty, .compskillPlans, .tasksArguments, .retrieval: intervals
        case .latency, .data, .environment: nil
        }
    }

    private func table(_ results: BenchmarkResults) -> MarkdownTable {
        switch self {
        case .compskill: results.compskillTable()
        case .compskillClean: results.cleanTable()
        case .compskillDifficulty: results.difficultyTable()
        case .compskillPlans:
            results.metricTable(
                .compskill,
                [.composedCategoryRecall, .composedCategoryChain, .planValidity, .abstention],
                beside: [.categoryRecallAt1]
            )
        case .tasksDecomposition:
            results.metricTable(
                .tasks,
                [.decompositionAccuracy, .decompositionAccuracyWithinOne, .stepCountError, .stepTextF1]
            )
        case .tasksTools:
            results.metricTable(
                .tasks,
                [
                    .toolPrecision, .toolRecall, .toolF1, .stepToolRecallAt1, .stepToolRecallAt5,
                    .stepToolRecallAt10,
                ]
            )
        case .tasksEdges: results.edgeTable()
        case .tasksArguments:
            results.metricTable(.tasks, [.literalArguments, .referenceArguments, .referencedSteps])
        case .retrieval:
            results.metricTable(
                .retrieval,
                [
                    .recallAt1, .recallAt5, .recallAt10, .reciprocalRank, .normalizedGainAt10, .categoryRecallAt1,
                    .categoryRecallAt10,
                ]
            )
        case .tokens: results.tokenTable()
        case .latency: results.latencyTable()
        case .data: results.dataTable()
        case .environment: results.environmentTable()
        }
    }
}
