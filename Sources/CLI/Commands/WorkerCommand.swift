import CommandLineInterface
import Glibc
import JSONSchema
import PlanExecution
import SkillRouting
import SkillWeaver

/// `skillweaver worker`
struct WorkerCommand: CommandDefinition {
    let name = "worker"
    let summary = "Work on the runs of a database, together with other workers on any number of machines."
    let discussion = """
        Takes steps of runs that were left to workers ('run --detach'), or whose process is gone, and makes their calls. A \
        worker that is not heard of for the length of a lease loses what it took: others take over, by the same rules as \
        'skillweaver resume'.

        The folders of the skills, and the workspaces of the runs, must be at the same paths as where the run began. A step \
        whose skill is missing here, or has other files, is left to other workers.

        Works until Ctrl-C or SIGTERM; then calls under way have --grace seconds to end, and the rest is handed back.
        """
    let examples = [
        CommandExample("Work on runs", "skillweaver worker --store postgres://skills@db.example/skills --concurrency 8")
    ]

    let concurrency = Option<Int>(
        "concurrency",
        value: "N",
        as: .integer(in: 1...256),
        default: 4,
        "Calls at a time."
    )
    let workerName = Option<String?>(
        "name",
        value: "NAME",
        as: .nonBlank,
        "What it is called in journals and logs. Default: the name of the machine."
    )
    let lease = Option<Int>(
        "lease",
        value: "SECONDS",
        as: .integer(in: 1...3_600),
        default: 30,
        "How long it keeps what it took when it is not heard of."
    )
    let grace = Option<Int>(
        "grace",
        value: "SECONDS",
        as: .integer(in: 0...86_400),
        default: 30,
        "How long calls under way may go on when it is asked to stop."
    )

    var parameters: [any ParameterDeclaration] {
        [
            RunStoreChoice.store, concurrency, workerName, lease, grace, GlobalOptions.library, RunSettings.group,
            ModelOptions.group,
        ]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        guard let address = try values.store?.address else {
            throw CommandError.usage("a worker needs --store, the database that keeps the runs")
        }
        let store = PostgreSQLRunStore(address, lease: .seconds(values[lease]))
        var settings = WorkerSettings(name: String((values[workerName] ?? Self.machine).prefix(100)))
        settings.concurrency = values[concurrency]
        settings.grace = .seconds(values[grace])
        let driver = try context.runResources(values, repairModel: context.modelForRepairs(values)).driver(
            of: store,
            replanner: context.replanner(values)
        )
        let (console, wantsJSON) = (context.console, context.wantsJSON)
        let worker = RunWorker(settings, store: store, driver: driver) { event in
            // What cannot be written is said when the command ends; the work goes on.
            if wantsJSON { try? console.writeJSON(event.json) } else { try? console.writeLine(event.line) }
        }
        try await worker.run()
        return .done
    }

    private static var machine: String {
        var host = [CChar](repeating: 0, count: 256)
        gethostname(&host, host.count - 1)
        let name = String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return name.isEmpty ? "worker" : name
    }
}

extension WorkerEvent {
    /// `{"at","worker","event","text"}`, and `run`, `task`, `attempt` where it is about one.
    var json: JSONValue {
        var members: JSONObject = [
            "at": .string(at.description), "worker": .string(worker), "event": .string(kind.rawValue),
            "text": .string(text),
        ]
        members["run"] = run.map(JSONValue.string)
        members["task"] = task.map { .string($0.description) }
        members["attempt"] = attempt.map { JSONValue($0) }
        return .object(members)
    }

    var line: String {
        let place = run.map { "\($0) " } ?? ""
        return "\(at) \(kind.rawValue): \(place)\(text)".oneLine
    }
}
