import JSONSchema
import LanguageModels

extension BenchmarkResults {
    /// Runs of one kind that have any of some metrics, one row each.
    ///
    /// - Parameter others: Metrics to show before them for comparison.
    func metricTable(
        _ benchmark: BenchmarkKind,
        _ metrics: [Metric],
        beside others: [Metric] = []
    ) -> MarkdownTable {
        let columns = others + metrics
        var table = MarkdownTable(["Set", "System", "Requests"] + columns.map(\.title), textColumns: 2)
        for run in runs where run.identity.benchmark == benchmark {
            guard let all = run[.all], metrics.contains(where: { all.metrics[$0] != nil }) else { continue }
            table.rows.append(
                [run.identity.dataSet, run.label, "\(all.queryCount)"]
                    + columns.map { FigureText.estimate(all.metrics[$0]) }
            )
        }
        return table
    }

    /// Edge figures apart by how the gold edges are known; requests without gold edges are not counted.
    func edgeTable() -> MarkdownTable {
        let metrics: [Metric] = [.edgePrecision, .edgeRecall, .edgeF1, .independenceKept]
        var table = MarkdownTable(
            ["Set", "System", "Gold edges", "With edges"] + metrics.map(\.title),
            textColumns: 3
        )
        for run in runs where run.identity.benchmark == .tasks {
            for kind in GoldEdges.Kind.allCases {
                guard
                    let summary = run[.edgeKind(kind)],
                    metrics.contains(where: { summary.metrics[$0] != nil })
                else { continue }
                table.rows.append(
                    [
                        run.identity.dataSet, run.label, kind.rawValue, "\(summary.metrics[.edgeF1]?.count ?? 0)",
                    ] + metrics.map { FigureText.estimate(summary.metrics[$0]) }
                )
            }
        }
        return table
    }

    /// Tokens by where the figures come from, the published ones first.
    func tokenTable() -> MarkdownTable {
        var table = MarkdownTable(
            ["Set", "System", "Figures", "Requests", "Prompt", "Completion", "Total"],
            textColumns: 3
        )
        for published in PublishedFigures.systems {
            guard let tokens = published.tokens else { continue }
            let unknown = FigureText.notCounted
            table.rows.append(
                ["compskill", published.title, "published", unknown, unknown, unknown, FigureText.tokens(tokens)]
            )
        }
        for run in runs {
            for source in TokenStatistics.sources {
                guard let means = run[.all]?.tokens.means[source] else { continue }
                table.rows.append(
                    [run.identity.dataSet, run.label, source.rawValue, "\(means.count)"]
                        + [means.prompt, means.completion, means.total].map(FigureText.tokens)
                )
            }
        }
        return table
    }

    /// One row a part of retrieval on a set, as people look at it.
    package var retrievalOverview: MarkdownTable {
        var table = MarkdownTable(
            ["Set", "Part", "Requests", "First right", "95 % interval", "In top 10"],
            textColumns: 2
        )
        for run in runs where run.identity.benchmark == .retrieval {
            guard let all = run[.all] else { continue }
            let first = all.metrics[.recallAt1] ?? all.metrics[.categoryRecallAt1]
            let ten = all.metrics[.recallAt10] ?? all.metrics[.categoryRecallAt10]
            table.rows.append(
                [
                    run.identity.dataSet, run.identity.system.rawValue, "\(all.queryCount)",
                    FigureText.metric(first?.mean),
                    first.map { "\(FigureText.metric($0.low))–\(FigureText.metric($0.high))" } ?? FigureText.notCounted,
                    FigureText.metric(ten?.mean),
                ]
            )
        }
        return table
    }

    func latencyTable() -> MarkdownTable {
        var table = MarkdownTable(["Set", "System", "Stage", "Requests", "p50", "p95", "p99"], textColumns: 3)
        for run in runs {
            for stage in Stage.allCases {
                guard let latency = run[.all]?.latencies[stage] else { continue }
                table.rows.append(
                    [run.identity.dataSet, run.label, stage.rawValue, "\(latency.count)"]
                        + [50, 95, 99].map { FigureText.milliseconds(latency[$0]) }
                )
            }
        }
        return table
    }

    /// What was read, and what was odd about it; each set once.
    func dataTable() -> MarkdownTable {
        let kinds = DataFinding.Kind.allCases
        var table = MarkdownTable(
            ["Benchmark", "Set", "Records"] + kinds.map { $0.rawValue.replacingUnderscores },
            textColumns: 2
        )
        var seen: Set<[String]> = []
        for run in runs {
            let set = [run.identity.benchmark.rawValue, run.identity.dataSet]
            guard seen.insert(set).inserted else { continue }
            let counts = ["records"] + kinds.map(\.rawValue)
            table.rows.append(set + counts.map { "\(run.data[$0]?.intValue ?? 0)" })
        }
        return table
    }

    func environmentTable() -> MarkdownTable {
        MarkdownTable(
            ["What", "Which"],
            textColumns: 2,
            rows: environment.map { [$0.key.replacingUnderscores, $0.value.stringValue ?? $0.value.serialized()] }
        )
    }
}

extension String {
    fileprivate var replacingUnderscores: String { String(map { $0 == "_" ? " " : $0 }) }
}
