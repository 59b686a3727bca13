import CommandLineInterface
import PlanComposition
import SkillEvaluation

/// `skillweaver bench tasks`
struct BenchTasksCommand: CommandDefinition {
    let name = "tasks"
    let summary = "Measure routing on a set of requests with gold steps, tools and edges."
    let discussion = """
        What a set does not support is not scored: step texts only where they were written for the request, edges and \
        arguments only where there are gold ones.
        """
    let examples = [
        CommandExample(
            "How good are plans when the right tools are given?",
            "skillweaver bench tasks --queries nestful.queries.jsonl --tools nestful.tools.jsonl --given tools"
        )
    ]

    let tools = Option<String>("tools", value: "FILE", as: .file, "The set's tools, JSONL.")
    let given = Option<GivenGold?>(
        "given",
        value: "WHAT",
        as: .start,
        "Start from the gold steps, or from the gold tools, to judge the rest alone."
    )
    let decomposer = Option<TaskDecomposer>(
        "decomposer",
        value: "NAME",
        default: .local,
        "What splits the requests into steps."
    )

    let part = Option<TaskPart>(
        "part",
        value: "HALF",
        default: .all,
        "Judge the half that may be tuned on, or the other; a hash of each task's id decides."
    )
    let selection = Option<CompositionOptions.Selection>(
        "selection",
        value: "HOW",
        default: .joint,
        "How the skills of all steps are chosen: together, or one after the other as published."
    )

    var parameters: [any ParameterDeclaration] {
        [
            BenchOptions.queries, tools, given, part, selection, decomposer, BenchOptions.encoder, BenchOptions.compose,
            BenchOptions.out, BenchOptions.restart,
        ] + DecomposerOptions.tuning + [ModelOptions.group]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let given = values[given] ?? .nothing
        if given != .nothing, values.wasGiven(decomposer) {
            throw CommandError.usage("--given \(given.rawValue) leaves nothing for --decomposer to do")
        }
        let library = try LibraryFile(values[tools])
        let benchmark = try TaskBenchmark(tools: library, queries: values[BenchOptions.queries])
        let usable = benchmark.usable(given: given).count
        guard usable > 0 else {
            throw CommandError(
                "nothing-to-judge",
                "no task of \(values[BenchOptions.queries]) can be judged when \(given.rawValue) are given"
            )
        }
        let left = benchmark.tasks.records.count - usable
        if left > 0 {
            context.console.warn("\(left) tasks cannot be judged when \(given.rawValue) are given; left out")
        }
        let workbench = try await context.workbench(values)
        var settings = TaskBenchmark.Settings(values[decomposer].system, given: given)
        settings.isComposed = values[BenchOptions.compose]
        settings.part = values[part]
        settings.selection = values[selection]
        let system = values[decomposer].system
        let name = values[decomposer].rawValue
        if let live = try await LiveBenchmark(system, named: name, over: library, values, in: context, on: workbench) {
            settings.live = live.dialogues
            settings.dialogueSettings = live.settings
            settings.label = live.label
        }
        return try await BenchOutput(context: context, workbench: workbench).run(
            benchmark.run(settings, on: workbench),
            values,
            reports: [library.report, benchmark.tasks.report]
        )
    }
}

/// Decomposers for task sets.
enum TaskDecomposer: String, CaseIterable, CommandLineValue {
    case local
    case plainSplit = "plain-split"
    case whole, majority, tfidf, vanilla, sad, react
    case revised = "sad+"
    case direct = "llm-direct"

    var system: BenchmarkSystem {
        switch self {
        case .local: .local
        case .plainSplit: .clauses
        case .whole: .whole
        case .majority: .majority
        case .tfidf: .tfidf
        case .vanilla: .vanilla
        case .sad: .sad
        case .revised: .revised
        case .react: .react
        case .direct: .llmDirect
        }
    }
}

extension GivenGold: CommandLineValue {}
extension TaskPart: CommandLineValue {}

extension ValueFormat<GivenGold> {
    /// Gold to start from.
    fileprivate static var start: Self {
        let words = [GivenGold.steps, .tools].map(\.rawValue)
        return ValueFormat(
            expectation: "one of \(words.joined(separator: ", "))",
            constraint: words.joined(separator: ", "),
            completion: .words(words),
            read: { words.contains($0) ? GivenGold(rawValue: $0) : nil },
            write: { $0.rawValue }
        )
    }
}
