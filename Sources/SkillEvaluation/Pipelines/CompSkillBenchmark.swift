package import JSONSchema
package import TaskDecomposition

/// CompSkillBench: its requests and its library, read and checked.
package struct CompSkillBenchmark: Sendable {
    /// The settings of one run.
    package struct Settings: Sendable {
        package var system: BenchmarkSystem
        /// Whether the gold label stands in the indexed text.
        package var hasCategoryInText = false
        package var isComposed = true
        /// What came of the dialogues, for a system with a language model.
        package var outcomes: [String: DialogueOutcome] = [:]
        /// Holds the dialogues that have no outcome yet; nil where all have.
        package var live: LiveDialogues?
        /// What else decides those outcomes, such as the model and the number of hints.
        package var dialogueSettings: JSONObject = [:]
        /// Words that set the run apart besides the switches above, such as the model.
        package var label = ""

        package init(_ system: BenchmarkSystem) { self.system = system }

        var variant: String {
            [label, hasCategoryInText ? "category in text" : "", isComposed ? "" : "not composed"]
                .filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    package let name: String
    package let library: LibraryFile
    package let queries: LoadedRecords<CompSkillQuery>

    /// - Throws: The fault of the first malformed line of either file.
    package init(library: LibraryFile, queries file: String) throws(DataFault) {
        name = DataSetName.of(file)
        self.library = library
        queries = try LoadedRecords(file: file, library: library.labels)
    }

    /// One system on all requests.
    package func run(_ settings: Settings, on workbench: EvaluationWorkbench) -> BenchmarkRun {
        var configuration: JSONObject = [
            "queries": .string("\(queries.fingerprint)"), "library": .string("\(library.fingerprint)"),
            "encoder": .string(workbench.encoder),
            "category_in_text": .bool(settings.hasCategoryInText), "compose": .bool(settings.isComposed),
        ]
        for member in settings.dialogueSettings { configuration[member.key] = member.value }
        let identity = ResultSummary.Identity(
            .compskill,
            dataSet: name,
            system: settings.system,
            variant: settings.variant
        )
        let queries = queries.records
        return BenchmarkRun(
            identity,
            configuration: configuration,
            report: self.queries.report.counting(library.report),
            requestCount: queries.count
        ) { run in
            if settings.system == .majority {
                return try await run.records(keeping: MajorityStepCount.records(for: queries))
            }
            return try await records(settings, workbench, run)
        }
    }

    private func records(
        _ settings: Settings,
        _ workbench: EvaluationWorkbench,
        _ run: ResumedRun
    ) async throws -> [QueryRecord] {
        let queries = queries.records
        let library = try await workbench.library(library, hasCategory: settings.hasCategoryInText)
        let embedder = RememberingEmbedder(workbench.batches)
        let router = try await BatchRouter(
            settings.system,
            library: library,
            embedder: embedder,
            outcomes: settings.outcomes,
            live: settings.live,
            isComposed: settings.isComposed
        )
        let latencies = try await workbench.latencies(
            settings.system,
            of: settings.isComposed ? queries.map { ($0.id, $0.query) } : [],
            in: library,
            except: run.done
        )
        let scorer = CompSkillScorer(library: library.labels)
        return try await run.records(of: queries, chunkSize: settings.live.map { $0.width * 4 }) { chunk in
            await embedder.forget()
            // Nobody asks a model twice for what is known.
            let chunk = settings.live == nil ? Array(chunk) : chunk.filter { !run.done.contains($0.id) }
            let predictions = try await router.predictions(
                for: chunk.map { RoutedRequest(id: $0.id, query: $0.query, goldSteps: $0.steps) }
            )
            return zip(chunk, predictions).map { query, prediction in
                var prediction = prediction
                prediction.latencies = latencies[query.id] ?? [:]
                if let live = settings.live { prediction.latencies = live.latencies(of: prediction) }
                return scorer.record(for: query, prediction)
            }
        }
    }
}

extension EvaluationWorkbench {
    /// Times of single requests for systems that are the product with another decomposer; nothing for others.
    nonisolated func latencies(
        _ system: BenchmarkSystem,
        of requests: [(id: String, query: String)],
        in library: BenchmarkLibrary,
        except done: Set<String>
    ) async throws -> [String: [Stage: Double]] {
        guard system != .tfidf, let recipe = system.recipe else { return [:] }
        return try await LatencyProbe(recipe, library: library, workbench: self)
            .latencies(of: requests, except: done)
    }
}

/// Names of sets, from the names of their files.
package enum DataSetName {
    /// `nestful` for `tasks/nestful.queries.jsonl`, `compskillbench` for `compskillbench/queries.jsonl`.
    package static func of(_ file: String) -> String {
        let parts = file.split(separator: "/")
        let stem = parts.last?.split(separator: ".").first.map(String.init) ?? file
        guard stem == "queries", parts.count > 1 else { return stem }
        return String(parts[parts.count - 2])
    }
}
