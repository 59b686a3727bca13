import SkillRetrieval

/// How long each stage of retrieval takes for single texts, one after the other, in a warm process.
package struct StageLatencies: Sendable {
    /// Milliseconds a text, by stage.
    package private(set) var encode: [Double] = []
    package private(set) var firstStage: [Double] = []
    package private(set) var secondStage: [Double] = []
    package private(set) var total: [Double] = []

    private static let warmUps = 20

    /// Times texts over a library.
    ///
    /// - Parameter limit: most texts that are timed; evenly spaced ones of a longer list.
    package init(
        of texts: [String],
        library file: LibraryFile,
        limit: Int = 1_000,
        on workbench: EvaluationWorkbench
    ) async throws {
        let library = try await workbench.library(file, hasCategory: false).index
        let first = SkillRetriever(embedder: workbench.embedder, library: library)
        let stages = RetrievalOptions().stages
        let clock = ContinuousClock()
        let stride = max(1, texts.count / limit)
        let sample = texts.enumerated().filter { $0.offset % stride == 0 }.prefix(limit).map(\.element)
        for (place, text) in (sample.prefix(Self.warmUps) + sample).enumerated() {
            try Task.checkCancellation()
            let start = clock.now
            let queries = try await first.read([text])
            let encoded = clock.now
            var lists = try await first.shortlists(queries, skills: 10, filter: .everything)
            let found = clock.now
            for stage in stages { lists = try await stage.rerank(lists, in: library) }
            let ranked = clock.now
            guard place >= min(Self.warmUps, sample.count) else { continue }
            encode.append((encoded - start) / .milliseconds(1))
            firstStage.append((found - encoded) / .milliseconds(1))
            secondStage.append((ranked - found) / .milliseconds(1))
            total.append((ranked - start) / .milliseconds(1))
        }
    }

    /// p50, p95 and p99 of each stage in milliseconds.
    package var table: MarkdownTable {
        var table = MarkdownTable(["Stage", "texts", "p50 ms", "p95 ms", "p99 ms"])
        let stages = [
            ("encode", encode), ("first stage without encoding", firstStage), ("second stage", secondStage),
            ("all", total),
        ]
        for (name, times) in stages {
            let percentiles = Percentiles(times)
            table.rows.append(
                [name, "\(times.count)"]
                    + [50, 95, 99].map { Rounding.text(percentiles[$0] ?? 0, places: Rounding.latencyPlaces) }
            )
        }
        return table
    }
}
