import LanguageModels

extension ResultSummary {
    /// The figures of one run as people look at them: a row for each metric, a column for each slice.
    package var overview: MarkdownTable {
        var table = MarkdownTable(["Metric", "All (95 % interval)"] + slices.dropFirst().map(\.slice.name))
        guard let all = self[.all] else { return table }
        table.rows.append(["Requests"] + slices.map { "\($0.summary.queryCount)" })
        for metric in Metric.allCases {
            guard let estimate = all.metrics[metric] else { continue }
            table.rows.append(
                [metric.title, FigureText.estimate(estimate)]
                    + slices.dropFirst().map { FigureText.metric($0.summary.metrics[metric]?.mean) }
            )
        }
        for stage in Stage.allCases {
            guard let latency = all.latencies[stage] else { continue }
            let times = [50, 95, 99].map { FigureText.milliseconds(latency[$0]) }.joined(separator: " / ")
            table.rows.append(row("\(stage.rawValue), ms p50/p95/p99 of \(latency.count)", times))
        }
        for source in TokenStatistics.sources {
            guard let means = all.tokens.means[source] else { continue }
            table.rows.append(row("Tokens, \(source.rawValue)", FigureText.tokens(means.total)))
        }
        if failureCount > 0 { table.rows.append(row("Without an answer", "\(failureCount)")) }
        return table
    }

    private func row(_ title: String, _ value: String) -> [String] {
        [title, value] + slices.dropFirst().map { _ in "" }
    }
}

extension RunComparison {
    /// The comparison as people look at it.
    package func overview(_ nameA: String, _ nameB: String) -> MarkdownTable {
        MarkdownTable(
            ["Metric", nameA, nameB, "Difference (95 % interval)", "p", "Better", "Equal", "Worse"],
            rows: rows.map { row in
                [
                    row.metric.title, FigureText.metric(row.meanA), FigureText.metric(row.meanB),
                    FigureText.estimate(row.difference), FigureText.probability(row.test.pValue),
                    "\(row.better)", "\(row.equal)", "\(row.worse)",
                ]
            }
        )
    }
}
