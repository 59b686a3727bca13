import JSONSchema

/// What others have published on the same benchmark, to stand beside our own figures; never mixed with them.
package enum PublishedFigures {
    /// The systems of the paper on CompSkillBench with its library of 2,209 skills.
    package static let systems: [PublishedSystem] = [
        PublishedSystem(
            .vanilla,
            "Vanilla, Qwen2.5-7B",
            queries: 300,
            [
                .decompositionAccuracy: 0.510, .decompositionAccuracyWithinOne: 0.713, .categoryRecallAt1: 0.342,
                .categoryRecallAt10: 0.686, .categoryChain: 0.040,
            ]
        ),
        PublishedSystem(
            .sad,
            "SAD, Qwen2.5-7B",
            queries: 300,
            [
                .decompositionAccuracy: 0.677, .decompositionAccuracyWithinOne: 0.843, .categoryRecallAt1: 0.370,
                .categoryRecallAt10: 0.703, .categoryChain: 0.073,
            ],
            tokens: 1_160
        ),
        PublishedSystem(
            .sad,
            "SAD, Qwen-Max",
            queries: 50,
            [.decompositionAccuracy: 0.920, .categoryRecallAt1: 0.394]
        ),
        PublishedSystem(
            .llmDirect,
            "LLM-Direct, Qwen-Max",
            queries: 50,
            [.decompositionAccuracy: 0.900, .decompositionAccuracyWithinOne: 0.960, .categoryRecallAt1: 0.211],
            tokens: 884_000
        ),
        PublishedSystem(
            .react,
            "ReAct",
            queries: 50,
            [.decompositionAccuracy: 0, .decompositionAccuracyWithinOne: 0.040, .categoryRecallAt1: 0.154]
        ),
        PublishedSystem(
            .oracleCount,
            "Oracle step count",
            queries: 300,
            [.decompositionAccuracy: 0.993, .categoryRecallAt1: 0.398, .categoryRecallAt10: 0.791]
        ),
        PublishedSystem(.sad, "SAD sub-tasks, TF-IDF", queries: nil, [.categoryRecallAt1: 0.296]),
        PublishedSystem(.sad, "SAD sub-tasks, MiniLM", queries: nil, [.categoryRecallAt1: 0.374]),
        PublishedSystem(.sad, "SAD sub-tasks, BGE-base", queries: 142, [.categoryRecallAt1: 0.451]),
        PublishedSystem(.sad, "SAD, before listwise reranking (7B)", queries: nil, [.categoryRecallAt1: 0.371]),
        PublishedSystem(.sad, "SAD, after listwise reranking (7B)", queries: nil, [.categoryRecallAt1: 0.409]),
    ]

    /// Where the figures come from.
    package static let source = "arXiv 2606.18051"
}

/// One row of a publication.
package struct PublishedSystem: Sendable, Hashable {
    package let system: BenchmarkSystem
    /// The system with its model, as the publication names it.
    package let title: String
    /// Requests the figures are over; nil where it is not said.
    package let queries: Int?
    package let metrics: [Metric: Double]
    /// Approximate tokens a request, prompt and completion together; nil where it is not said.
    package let tokens: Double?

    init(
        _ system: BenchmarkSystem,
        _ title: String,
        queries: Int?,
        _ metrics: [Metric: Double],
        tokens: Double? = nil
    ) {
        self.system = system
        self.title = title
        self.queries = queries
        self.metrics = metrics
        self.tokens = tokens
    }

    var json: JSONValue {
        [
            "system": .string(system.rawValue), "title": .string(title),
            "queries": queries.map { JSONValue($0) } ?? .null,
            "source": .string(PublishedFigures.source),
            "tokens": tokens.map { .number($0) } ?? .null,
            "metrics": .object(
                JSONObject(metrics.keys.sorted().map { ($0.rawValue, .number(metrics[$0] ?? 0)) })
            ),
        ]
    }
}
