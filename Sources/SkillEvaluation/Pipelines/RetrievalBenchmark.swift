import JSONSchema
import SkillRetrieval

/// Texts and the skills that fit them, and their library, read and checked.
package struct RetrievalBenchmark: Sendable {
    /// The parts of retrieval that can be judged alone.
    package static let systems: [BenchmarkSystem] = [.dense, .tfidf]

    /// How deep rankings are looked at; a right answer below counts as not found.
    package static let depth = 100

    package let name: String
    package let library: LibraryFile
    package let queries: LoadedRecords<RetrievalQuery>

    /// - Throws: The fault of the first malformed line of either file.
    package init(library: LibraryFile, queries file: String) throws(DataFault) {
        name = DataSetName.of(file)
        self.library = library
        queries = try LoadedRecords(file: file, library: library.labels)
    }

    /// One part of retrieval on all queries.
    package func run(_ system: BenchmarkSystem, on workbench: EvaluationWorkbench) -> BenchmarkRun {
        let configuration: JSONObject = [
            "queries": .string("\(queries.fingerprint)"), "library": .string("\(library.fingerprint)"),
            "encoder": .string(workbench.encoder), "depth": JSONValue(Self.depth),
        ]
        return BenchmarkRun(
            ResultSummary.Identity(.retrieval, dataSet: name, system: system),
            configuration: configuration,
            report: queries.report.counting(library.report),
            requestCount: queries.records.count
        ) { run in
            let library = try await workbench.library(library, hasCategory: false)
            let search = Search(system, library, workbench)
            return try await run.records(of: queries.records) { chunk in
                let found = try await search.candidates(for: chunk.map(\.query))
                return zip(chunk, found).map { query, candidates in
                    RetrievalScorer.record(for: query, RankedRetrieval(byScore: candidates))
                }
            }
        }
    }

    private enum Search: Sendable {
        case dense(SkillRetriever)
        case lexical(TFIDFIndex)

        init(_ system: BenchmarkSystem, _ library: BenchmarkLibrary, _ workbench: EvaluationWorkbench) {
            self =
                system == .tfidf
                ? .lexical(library.lexicalIndex())
                : .dense(SkillRetriever(embedder: workbench.embedder, library: library.index))
        }

        func candidates(for texts: [String]) async throws -> [[Candidate]] {
            switch self {
            case .dense(let retriever): try await retriever.candidates(for: texts, top: RetrievalBenchmark.depth)
            case .lexical(let index): texts.map { index.search($0, top: RetrievalBenchmark.depth) }
            }
        }
    }
}
