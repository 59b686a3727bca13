package import JSONSchema
package import PlanComposition
import SkillRetrieval
import TextEmbedding

/// A task set in the common form and its tools, read and checked.
package struct TaskBenchmark: Sendable {
    /// The settings of one run.
    package struct Settings: Sendable {
        package var system: BenchmarkSystem
        package var given: GivenGold
        package var isComposed = true
        /// Which half of the tasks is judged.
        package var part = TaskPart.all
        /// How the skills of all steps are chosen.
        package var selection = CompositionOptions.Selection.joint
        /// Holds the dialogues of a system with a language model.
        package var live: LiveDialogues?
        /// What decides what comes of them, such as the model and the number of hints.
        package var dialogueSettings: JSONObject = [:]
        /// Words that set the run apart besides the switches above, such as the model.
        package var label = ""

        /// A run that starts from gold steps or tools is one of the oracle's.
        package init(_ system: BenchmarkSystem, given: GivenGold = .nothing) {
            self.system = given == .nothing ? system : .oracle
            self.given = given
        }

        var variant: String {
            let given = self.given == .tools ? "gold tools given" : ""
            let part = self.part == .all ? "" : "\(self.part.rawValue) half"
            let selection = self.selection == .joint ? "" : "\(self.selection.rawValue) selection"
            return [label, given, isComposed ? "" : "not composed", selection, part].filter { !$0.isEmpty }.joined(
                separator: ", "
            )
        }
    }

    package let name: String
    package let tools: LibraryFile
    package let tasks: LoadedRecords<GoldTask>

    /// - Throws: The fault of the first malformed line of either file.
    package init(tools: LibraryFile, queries file: String) throws(DataFault) {
        name = DataSetName.of(file)
        self.tools = tools
        tasks = try LoadedRecords(file: file, library: tools.labels)
    }

    /// Tasks that a run can start from gold steps or tools on.
    ///
    /// Steps must have been written for the request: the description of a gold tool would find itself. Tools must be
    /// known for every step, and something must be left to judge.
    package func usable(given: GivenGold) -> [GoldTask] {
        switch given {
        case .nothing: tasks.records
        case .steps: tasks.records.filter { $0.writtenSteps != nil && !$0.tools.isEmpty }
        case .tools: tasks.records.filter { $0.alignedTools != nil && ($0.edges != nil || $0.arguments != nil) }
        }
    }

    /// One system on all tasks that it can be judged on.
    package func run(_ settings: Settings, on workbench: EvaluationWorkbench) -> BenchmarkRun {
        let usable = usable(given: settings.given).filter { settings.part.contains($0.id) }
        var configuration: JSONObject = [
            "queries": .string("\(tasks.fingerprint)"), "library": .string("\(tools.fingerprint)"),
            "encoder": .string(workbench.encoder),
            "given": .string(settings.given.rawValue), "compose": .bool(settings.isComposed),
            "step_text_threshold": .number(StepTextAlignment.defaultThreshold), "tasks": JSONValue(usable.count),
        ]
        if settings.part != .all { configuration["part"] = .string(settings.part.rawValue) }
        if settings.selection != .joint { configuration["selection"] = .string(settings.selection.rawValue) }
        for member in settings.dialogueSettings { configuration[member.key] = member.value }
        let identity = ResultSummary.Identity(
            .tasks,
            dataSet: name,
            system: settings.system,
            variant: settings.variant
        )
        return BenchmarkRun(
            identity,
            configuration: configuration,
            report: tasks.report.counting(tools.report),
            requestCount: usable.count
        ) { run in
            if settings.system == .majority {
                return try await run.records(keeping: MajorityStepCount.records(for: usable))
            }
            let evaluation = try await TaskEvaluation(self, settings, workbench, run)
            return try await run.records(of: usable, chunkSize: settings.live.map { $0.width * 4 }) { chunk in
                // Nobody asks a model twice for what is known.
                let open = settings.live == nil ? Array(chunk) : chunk.filter { !run.done.contains($0.id) }
                return try await evaluation.records(open)
            }
        }
    }
}

/// The parts that answer and score the tasks of one run.
private struct TaskEvaluation: Sendable {
    private let settings: TaskBenchmark.Settings
    private let embedder: RememberingEmbedder
    /// Apart from the other, so that gold steps are embedded in the same company whatever a system predicts.
    private let goldEmbedder: RememberingEmbedder
    private let router: BatchRouter
    private let scorer: TaskScorer
    private let latencies: [String: [Stage: Double]]
    /// How many tools the whole-request baseline takes for each task.
    private let sizes: [String: Int]

    init(
        _ benchmark: TaskBenchmark,
        _ settings: TaskBenchmark.Settings,
        _ workbench: EvaluationWorkbench,
        _ run: ResumedRun
    ) async throws {
        let library = try await workbench.library(benchmark.tools, hasCategory: false)
        let usable = benchmark.usable(given: settings.given)
        embedder = RememberingEmbedder(workbench.batches)
        goldEmbedder = RememberingEmbedder(workbench.batches)
        let parts = try await BatchRouter(
            settings.system,
            library: library,
            embedder: embedder,
            live: settings.live,
            isComposed: settings.isComposed,
            selection: settings.selection
        )
        router =
            settings.given == .tools
            ? BatchRouter(steps: .gold, candidates: .gold, composer: parts.composer, library: library) : parts
        scorer = TaskScorer(library: library.labels, given: settings.given)
        latencies = try await workbench.latencies(
            settings.system,
            of: settings.isComposed && settings.system == .local ? usable.map { ($0.id, $0.query) } : [],
            in: library,
            except: run.done
        )
        let counts = MajorityStepCount.predictions(usable.map(\.tools.count))
        sizes = Dictionary(zip(usable.map(\.id), counts)) { first, _ in first }
        self.settings = settings
    }

    func records(_ tasks: [GoldTask]) async throws -> [QueryRecord] {
        await embedder.forget()
        await goldEmbedder.forget()
        let predictions = try await router.predictions(
            for: tasks.map { task in
                RoutedRequest(id: task.id, query: task.query, goldSteps: task.steps, goldTools: task.alignedTools)
            }
        )
        if settings.system == .whole {
            return zip(tasks, predictions).map { task, prediction in
                WholeRequestRetrieval.record(
                    for: task,
                    candidates: prediction.steps.first?.candidates ?? [],
                    size: sizes[task.id] ?? 1
                )
            }
        }
        let alignments = try await alignments(tasks, predictions)
        return zip(zip(tasks, predictions), alignments).map { pair, alignment in
            var (task, prediction) = pair
            prediction.latencies = latencies[task.id] ?? [:]
            if let live = settings.live {
                prediction.latencies = live.latencies(of: prediction)
            } else {
                // No language model was asked: a column of zeros would say nothing.
                prediction.tokens = nil
            }
            return scorer.record(for: task, prediction, alignment: alignment)
        }
    }

    /// The comparison of step texts, where texts were written and the steps are the system's own.
    private func alignments(_ tasks: [GoldTask], _ predictions: [Prediction]) async throws -> [StepTextAlignment?] {
        guard settings.given == .nothing else { return tasks.map { _ in nil } }
        let texts = zip(tasks, predictions).map { task, prediction in
            task.writtenSteps.map { (predicted: prediction.steps.map(\.subtask.text), gold: $0) }
        }
        var predicted = Rows(try await embedder.embed(texts.flatMap { $0?.predicted ?? [] }, as: .query))
        var gold = Rows(try await goldEmbedder.embed(texts.flatMap { $0?.gold ?? [] }, as: .query))
        return texts.map { pair in
            guard let pair else { return nil }
            let similarity = StepTextAlignment.similarity(
                predicted.next(pair.predicted.count),
                gold.next(pair.gold.count)
            )
            return StepTextAlignment(similarity: similarity, goldStepCount: pair.gold.count)
        }
    }

    /// Vectors that are taken from the front.
    private struct Rows {
        private let matrix: EmbeddingMatrix
        private var row = 0

        init(_ matrix: EmbeddingMatrix) { self.matrix = matrix }

        mutating func next(_ count: Int) -> [[Float]] {
            defer { row += count }
            return (row..<row + count).map { Array(matrix[$0]) }
        }
    }
}
