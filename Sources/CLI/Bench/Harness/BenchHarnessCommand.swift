import CommandLineInterface
import JSONSchema
import LanguageModels
import PlanExecution
import SkillCatalog
import SkillEvaluation
import SkillHarness
import SkillRouting
import SkillWeaver
import Storage

/// `skillweaver bench harness`
struct BenchHarnessCommand: CommandDefinition {
    let name = "harness"
    let summary = "Measure sessions: loading a skill, the menu, a call in this process, a call of a warm tools.py."
    let discussion = """
        Tokens are counted with the tokenizer that is installed, as in every session. The skills are made up: a document of \
        about a thousand tokens and six tools each; with --library those of a library are loaded from its file, too. A call \
        in this process is a closure that returns at once, so that what is measured is all overhead: finding the tool, the \
        approval, both schemas. The tools.py is called in a worker that has started. The bar is for the median.
        """

    let rounds = Option<Int>(
        "rounds",
        value: "N",
        as: .integer(in: 10...1_000_000),
        default: 2_000,
        "Rounds that count."
    )
    let skills = Option<Int>("skills", value: "N", as: .integer(in: 1...100_000), default: 500, "Skills of the menu.")
    let sandbox = Option<SandboxMode>("sandbox", value: "MODE", default: .required, "Whether tools.py runs confined.")

    var parameters: [any ParameterDeclaration] { [rounds, skills, sandbox, GlobalOptions.library] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let folder = "\(options.home.folder)/bench-harness-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
        try FileSystem.createFolder("\(folder)/workspace")
        defer { FileSystem.removeFolder(folder) }
        let bench = HarnessBench(
            counter: try options.installation.tokenCounter(),
            rounds: values[rounds],
            sandbox: values[sandbox],
            folder: folder
        )
        var measured: [HarnessMeasurement] = []
        measured.append(try await bench.loading("load a skill", BenchSkills.made(values[skills])))
        if values[GlobalOptions.library] != nil {
            let library = try await RouterResources.catalog(values.libraryReference, options: options)
            measured.append(try await bench.loading("load a skill of the library", library))
        }
        measured += try await bench.menus(BenchSkills.made(values[skills]))
        measured.append(try await bench.dispatch())
        measured.append(try await bench.python())
        try show(measured, context)
        return measured.allSatisfy { $0.isWithinBar ?? true } ? .done : .failed
    }

    private func show(_ measured: [HarnessMeasurement], _ context: CommandContext) throws {
        if context.wantsJSON {
            return try context.console.writeJSON([
                "processor": .string(MachineDescription.processor), "build": .string(MachineDescription.build),
                "measurements": .array(measured.map(\.json)),
            ])
        }
        var table = MarkdownTable(["operation", "within", "median ms", "p99 ms", "bar ms", "rounds"], textColumns: 2)
        table.rows = measured.map(\.cells)
        try context.console.write(table.aligned)
    }
}

/// The operations of a session that are measured.
private struct HarnessBench {
    let counter: any TokenCounter
    let rounds: Int
    let sandbox: SandboxMode
    let folder: String

    private func session(_ inventory: any SkillInventory, _ invoker: any ToolInvoker) async throws -> SkillSession {
        try await SkillSession(
            id: "bench",
            library: SessionLibrary(inventory) { _, _ in [] },
            invoker: invoker,
            approval: .automatic,
            counter: counter
        )
    }

    /// Loads one skill after the other, each into the session as it was before.
    func loading(_ name: String, _ inventory: any SkillInventory) async throws -> HarnessMeasurement {
        let session = try await session(inventory, InvokerSet([]))
        let ids = try await inventory.overview().map(\.id)
        var position = 0
        return try await HarnessMeasurement.of(name, bar: 2, rounds: rounds) {
            _ = try await session.unload(ids[position % ids.count])
            position += 1
        } _: {
            _ = try await session.load(ids[position % ids.count])
        }
    }

    func menus(_ inventory: BenchSkills) async throws -> [HarnessMeasurement] {
        let session = try await session(inventory, InvokerSet([]))
        let count = inventory.skills.count
        let menu = try await HarnessMeasurement.of("menu of \(count) skills", bar: 5, rounds: rounds) {
            _ = await session.menu()
        }
        let begin = try await HarnessMeasurement.of(
            "begin a session over \(count) skills",
            bar: nil,
            rounds: min(rounds, 50)
        ) {
            _ = try await self.session(inventory, InvokerSet([]))
        }
        return [menu, begin]
    }

    func dispatch() async throws -> HarnessMeasurement {
        let inventory = BenchSkills.made(20)
        let names = inventory.skills.values.flatMap { skill in skill.tools.map { "\(skill.id).\($0.name)" } }
        let closures = ClosureInvoker(Dictionary(uniqueKeysWithValues: names.map { ($0, { @Sendable _ in [:] }) }))
        let invoker = try await ToolInvokerProvider.standard(sandbox: .off, additional: [closures])
            .invoker(for: RunWorkspace(folder: "\(folder)/workspace", results: "\(folder)/results"))
        let session = try await session(inventory, invoker)
        _ = try await session.load("skill-7")
        let arguments: JSONValue = ["path": "a/b.txt", "limit": 3]
        let measured = try await HarnessMeasurement.of("call in this process", bar: 0.1, rounds: rounds * 5) {
            let outcome = await session.dispatch("work_7_3", arguments: arguments)
            guard !outcome.isError else { throw CommandError("bench", outcome.text) }
        }
        await session.close()
        return measured
    }

    func python() async throws -> HarnessMeasurement {
        let skill = try BenchSkills.python(in: "\(folder)/echo")
        let invoker = try await ToolInvokerProvider.standard(sandbox: sandbox)
            .invoker(for: RunWorkspace(folder: "\(folder)/workspace", results: "\(folder)/results"))
        let session = try await session(BenchSkills([skill]), invoker)
        _ = try await session.load("echo")
        let measured: HarnessMeasurement
        do {
            measured = try await HarnessMeasurement.of("call of a warm tools.py", bar: 3, rounds: rounds) {
                let outcome = await session.dispatch("echo_value", arguments: ["value": 7])
                guard !outcome.isError else { throw CommandError("bench", outcome.text) }
            }
        } catch {
            await session.close()
            throw error
        }
        await session.close()
        return measured
    }
}
