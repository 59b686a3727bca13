import CommandLineInterface
import JSONSchema
import PlanExecution
import SkillCatalog
import SkillWeaver
import Storage

/// `skillweaver bench runs`
struct BenchRunsCommand: CommandDefinition {
    let name = "runs"
    let summary = "Measure what running a plan costs beside its tools: steps per second with tools that do nothing."
    let discussion = """
        The journal is an SQLite file in write-ahead mode with synchronous = FULL: each transaction is flushed to the disk \
        before what it says takes effect. Benchmarks/run_overhead.py runs this beside LangGraph with its SQLite \
        checkpointer, at the same durability.
        """

    let steps = Option<Int>("steps", value: "N", as: .integer(in: 1...100_000), default: 1_000, "Steps of the plan.")
    let width = Option<Int>(
        "width",
        value: "N",
        as: .integer(in: 1...1_000),
        default: 1,
        "Steps that can run at a time; 1 is a chain."
    )
    let folder = Option<String>(
        "journal",
        value: "DIR",
        as: .folder,
        default: "/tmp",
        "Folder of the journal, on the disk to be measured."
    )

    var parameters: [any ParameterDeclaration] { [steps, width, folder] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        var random = SystemRandomNumberGenerator()
        let id = RunIdentifier.make(at: SystemRunClock().now, using: &random)
        let folder = "\(values[folder])/skillweaver-bench-\(id)"
        try FileSystem.createFolder(folder)
        defer { FileSystem.removeFolder(folder) }
        let store = try SQLiteRunStore(file: "\(folder)/runs.sqlite")
        var options = RunOptions()
        options.limits.concurrency = values[width]
        options.limits.concurrencyPerTool = values[width]
        let plan = RunPlans.grid(steps: values[steps], width: values[width])
        let state = try await RunPlans.create(plan, named: id, in: store, options: options)
        let tools = ClosureInvoker(["nothing.work": { .object(["n": JSONValue(($0["n"]?.intValue ?? 0) + 1)]) }])
        let executor = RunExecutor(state, store: store, invoker: tools)
        let start = ContinuousClock.now
        let end = try await executor.drive()
        let seconds = start.duration(to: .now) / .seconds(1)
        guard end.outcome == .succeeded else { throw CommandError("run-failed", "the run did not succeed") }
        let figures: JSONValue = [
            "steps": JSONValue(values[steps]), "width": JSONValue(values[width]), "seconds": .number(seconds),
            "steps_per_second": .number(Double(values[steps]) / seconds), "entries": JSONValue(end.sequence),
            "resident_bytes": JSONValue(ResidentMemory.peak),
        ]
        if context.wantsJSON {
            try context.console.writeJSON(figures)
        } else {
            let rate = DecimalText.fixed(Double(values[steps]) / seconds, 0)
            let memory = DecimalText.fixed(Double(ResidentMemory.peak) / 1e6, 0)
            try context.console.writeLine(
                "\(values[steps]) steps, \(values[width]) at a time: \(rate) steps/s, \(memory) MB at most"
            )
        }
        return .done
    }
}
