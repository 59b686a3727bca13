extension BenchmarkResults {
    private static let headline: [Metric] = [
        .decompositionAccuracy, .decompositionAccuracyWithinOne, .categoryRecallAt1, .categoryRecallAt5,
        .categoryRecallAt10, .categoryChain,
    ]

    /// The paper's systems, ours, and those that still wait for a language model.
    func compskillTable() -> MarkdownTable {
        var table = MarkdownTable(["System", "Figures", "Requests"] + Self.headline.map(\.title), textColumns: 2)
        for published in PublishedFigures.systems {
            table.rows.append(
                [published.title, "published", published.queries.map { "\($0)" } ?? FigureText.notCounted]
                    + Self.headline.map { FigureText.metric(published.metrics[$0]) }
            )
        }
        for run in runs where run.identity.benchmark == .compskill {
            guard let all = run[.all] else { continue }
            table.rows.append(row(run, all))
        }
        for system in BenchmarkSystem.allCases where system.needsLanguageModel && !hasRun(of: system) {
            table.rows.append(
                [system.title, FigureText.notMeasured, FigureText.notCounted]
                    + Self.headline.map { _ in FigureText.notMeasured }
            )
        }
        return table
    }

    /// Our systems on the requests whose text asks for every gold step.
    func cleanTable() -> MarkdownTable {
        var table = MarkdownTable(["System", "Figures", "Requests"] + Self.headline.map(\.title), textColumns: 2)
        for run in runs where run.identity.benchmark == .compskill {
            if let clean = run[.clean] { table.rows.append(row(run, clean)) }
        }
        return table
    }

    func difficultyTable() -> MarkdownTable {
        let metrics: [Metric] = [.decompositionAccuracy, .categoryRecallAt1, .categoryRecallAt10, .categoryChain]
        var table = MarkdownTable(["System", "Difficulty", "Requests"] + metrics.map(\.title), textColumns: 2)
        for run in runs where run.identity.benchmark == .compskill {
            for difficulty in Difficulty.allCases {
                guard let summary = run[.difficulty(difficulty)] else { continue }
                table.rows.append(
                    [run.label, difficulty.rawValue, "\(summary.queryCount)"]
                        + metrics.map { FigureText.estimate(summary.metrics[$0]) }
                )
            }
        }
        return table
    }

    private func row(_ run: ResultSummary, _ summary: SliceSummary) -> [String] {
        [run.label, "measured", "\(summary.queryCount)"]
            + Self.headline.map { FigureText.estimate(summary.metrics[$0]) }
    }

    private func hasRun(of system: BenchmarkSystem) -> Bool {
        runs.contains { $0.identity.benchmark == .compskill && $0.identity.system == system }
    }
}

extension ResultSummary {
    /// The system with what sets this run of it apart.
    var label: String {
        identity.variant.isEmpty ? identity.system.title : "\(identity.system.title), \(identity.variant)"
    }
}
