import JSONSchema
import SkillRetrieval
import TextEmbedding

/// Texts and the skills that fit them, and their library, read and checked.
package struct RetrievalBenchmark: Sendable {
    /// The parts of retrieval that can be judged alone, and last all of them together as the product has them.
    package static let systems: [BenchmarkSystem] = [.tfidf, .dense, .lexical, .hybrid, .late]

    /// How deep rankings are looked at; a right answer below counts as not found.
    package static let depth = 100

    package let name: String
    package let library: LibraryFile
    package let report: DataReport
    private let requests: [RetrievalRequest]
    private let fingerprint: Fingerprint

    /// What is searched for, in the order of the file.
    package var texts: [String] { requests.flatMap(\.texts) }

    private init(
        _ name: String,
        _ library: LibraryFile,
        _ report: DataReport,
        _ print: Fingerprint,
        _ requests: [RetrievalRequest]
    ) {
        self.name = name
        self.library = library
        self.report = report
        self.requests = requests
        fingerprint = print
    }

    /// Texts with gold skills.
    ///
    /// - Throws: The fault of the first malformed line of either file.
    package init(library: LibraryFile, queries file: String) throws(DataFault) {
        let queries = try LoadedRecords<RetrievalQuery>(file: file, library: library.labels)
        self.init(
            DataSetName.of(file),
            library,
            queries.report,
            queries.fingerprint,
            queries.records.map { RetrievalRequest(id: $0.id, texts: [$0.query], gold: .skills([$0.gold])) }
        )
    }

    /// What can be asked of a task set: each step that was written for its request, and each request that one tool does.
    package init?(tasks set: TaskBenchmark) {
        let requests = set.tasks.records.flatMap { task -> [RetrievalRequest] in
            if let pairs = task.stepToolPairs {
                return pairs.enumerated().map { step, pair in
                    RetrievalRequest(id: "\(task.id)#\(step + 1)", texts: [pair.step], gold: .skills([[pair.tool]]))
                }
            }
            guard task.tools.count == 1 else { return [] }
            return [RetrievalRequest(id: task.id, texts: [task.query], gold: .skills([task.tools]))]
        }
        guard !requests.isEmpty else { return nil }
        self.init(set.name, set.tools, set.tasks.report, set.tasks.fingerprint, requests)
    }

    /// The gold phrases of CompSkillBench, judged by category.
    package init(phrases set: CompSkillBenchmark) {
        self.init(
            set.name,
            set.library,
            set.queries.report,
            set.queries.fingerprint,
            set.queries.records.map { RetrievalRequest(id: $0.id, texts: $0.steps, gold: .categories($0.categories)) }
        )
    }

    /// How long the stages take for single texts of the set.
    package func latencies(on workbench: EvaluationWorkbench) async throws -> StageLatencies {
        try await StageLatencies(of: requests.flatMap(\.texts), library: library, on: workbench)
    }

    /// One part of retrieval on all queries.
    package func run(_ system: BenchmarkSystem, on workbench: EvaluationWorkbench) -> BenchmarkRun {
        var configuration: JSONObject = [
            "queries": .string("\(fingerprint)"), "library": .string("\(library.fingerprint)"),
            "encoder": .string(workbench.encoder), "depth": JSONValue(Self.depth),
        ]
        if system == .cross, let model = workbench.crossEncoder?.model {
            configuration["cross_encoder"] = .string("\(model.name)@\(model.fingerprint.prefix(12))")
        }
        return BenchmarkRun(
            ResultSummary.Identity(.retrieval, dataSet: name, system: system),
            configuration: configuration,
            report: report.counting(library.report),
            requestCount: requests.count
        ) { run in
            let library = try await workbench.library(library, hasCategory: false)
            let search = RetrievalSearch(system, of: name, library, workbench)
            return try await run.records(of: requests) { chunk in
                var found = try await search.candidates(for: chunk.flatMap(\.texts))[...]
                return chunk.map { request in
                    defer { found = found.dropFirst(request.texts.count) }
                    return request.record(Array(found.prefix(request.texts.count)), labels: self.library.labels)
                }
            }
        }
    }
}

/// Texts that are searched for, and what is right for each.
struct RetrievalRequest: Sendable, Identifiable {
    enum Gold: Sendable {
        case skills([[String]])
        case categories([String])
    }

    let id: String
    let texts: [String]
    let gold: Gold

    func record(_ candidates: [[Candidate]], labels: LabelledLibrary) -> QueryRecord {
        switch gold {
        case .skills(let gold):
            return RetrievalScorer.record(
                for: RetrievalQuery(id: id, query: texts.first ?? "", gold: gold.first ?? []),
                RankedRetrieval(inOrder: (candidates.first ?? []).map(\.skill))
            )
        case .categories(let gold):
            let recall = CategoryRecall(candidates, gold: gold) { labels.category(of: $0) }
            return QueryRecord(
                id: id,
                values: [
                    .categoryRecallAt1: recall.recall(at: 1), .categoryRecallAt5: recall.recall(at: 5),
                    .categoryRecallAt10: recall.recall(at: 10),
                ]
            )
        }
    }
}

/// One part of retrieval over one library.
private struct RetrievalSearch: Sendable {
    private enum Part: Sendable {
        case retriever(SkillRetriever)
        case baseline(TFIDFIndex)
    }

    private let part: Part
    /// Reads texts for every part alike, so that they are encoded once.
    private let reader: SkillRetriever
    private let memory: QueryMemory
    private let set: String

    init(_ system: BenchmarkSystem, of set: String, _ library: BenchmarkLibrary, _ workbench: EvaluationWorkbench) {
        self.set = set
        memory = workbench.queries
        reader = SkillRetriever(embedder: workbench.embedder, library: library.index)
        part =
            system == .tfidf
            ? .baseline(library.lexicalIndex())
            : .retriever(
                SkillRetriever(
                    embedder: workbench.embedder,
                    library: library.index,
                    options: system.retrieval(workbench.crossEncoder)
                )
            )
    }

    func candidates(for texts: [String]) async throws -> [[Candidate]] {
        switch part {
        case .retriever(let retriever):
            let queries = try await memory.read(texts, of: set, with: reader)
            return try await retriever.candidates(forQueries: queries, top: RetrievalBenchmark.depth)
        case .baseline(let index): return texts.map { index.search($0, top: RetrievalBenchmark.depth) }
        }
    }
}

extension BenchmarkSystem {
    /// The stages of a system that is a part of retrieval.
    fileprivate func retrieval(_ crossEncoder: CrossEncoderReranker?) -> RetrievalOptions {
        switch self {
        case .dense: RetrievalOptions(firstStage: .denseOnly, stages: [])
        case .lexical: RetrievalOptions(firstStage: .lexicalOnly, stages: [])
        case .hybrid: RetrievalOptions(stages: [])
        case .cross: RetrievalOptions(stages: [SignalFusion()] + [crossEncoder].compactMap { $0 })
        default: RetrievalOptions()
        }
    }
}
