import JSONSchema
import LanguageModels
import SkillEvaluation

/// Six made-up records: two of each difficulty, one with a hidden step.
let sampleRecords: [QueryRecord] = (0..<6).map { number in
    let isRight = number != 5
    let recall = Double(number % 3) / 2
    return QueryRecord(
        id: "q\(number)",
        traits: QueryTraits(difficulty: Difficulty.allCases[number / 2], isClean: isRight),
        goldSteps: 2,
        predictedSteps: isRight ? 2 : 1,
        values: [
            .decompositionAccuracy: isRight ? 1 : 0, .categoryRecallAt1: recall, .categoryChain: recall.rounded(.down),
        ],
        latencies: [.total: Double(10 + number)],
        tokens: TokenUsage.none,
        failure: isRight ? nil : "timeout"
    )
}

func sampleSummary(
    _ benchmark: BenchmarkKind = .compskill,
    dataSet: String = "compskillbench",
    system: BenchmarkSystem = .local,
    variant: String = "",
    records: [QueryRecord] = sampleRecords
) -> ResultSummary {
    ResultSummary(
        .init(benchmark, dataSet: dataSet, system: system, variant: variant),
        configuration: RunConfiguration(["system": .string(system.rawValue)]),
        records: records,
        data: cleanReport(),
        bootstrap: quickBootstrap
    )
}
