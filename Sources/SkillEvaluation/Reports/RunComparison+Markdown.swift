extension RunComparison {
    /// The comparison as a table, with the runs' names as column titles.
    package func markdown(_ nameA: String, _ nameB: String) -> String {
        let table = MarkdownTable(
            ["Metric", nameA, nameB, "Difference", "p", "Better", "Equal", "Worse"],
            rows: rows.map { row in
                [
                    row.metric.title, FigureText.metric(row.meanA), FigureText.metric(row.meanB),
                    FigureText.estimate(row.difference), FigureText.probability(row.test.pValue),
                    "\(row.better)", "\(row.equal)", "\(row.worse)",
                ]
            }
        )
        return table.text
    }
}
