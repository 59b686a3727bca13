import JSONSchema
import SkillCatalog
import Storage
import Subprocesses

/// Calls the functions of skills' `tools.py` in worker processes that stay for the run.
///
/// A worker serves one skill in one run or session. Calls of one skill that come while its worker is busy get another one,
/// up to `PythonSettings.workersPerSkill`, or what the skill's `metadata` says under `workers`; then they wait their turn.
/// So a tool that keeps something between calls keeps it in files, or says `workers: "1"`.
actor PythonInvoker: ToolInvoker {
    private let settings: PythonSettings
    private let launcher: ToolLauncher
    private let interpreters: PythonInterpreters
    private var pools: [PoolKey: WorkerPool] = [:]
    private var busy: [Int: PythonWorker] = [:]
    private var tickets = 0
    private var isClosed = false

    /// Longest time for a worker to start.
    private static let startPatience = Duration.seconds(30)

    private struct PoolKey: Hashable {
        var skill: String
        var folder: String
        var memory: Int
        var resultBytes: Int
    }

    init(settings: PythonSettings, launcher: ToolLauncher, interpreters: PythonInterpreters) {
        self.settings = settings
        self.launcher = launcher
        self.interpreters = interpreters
    }

    nonisolated func canInvoke(_ tool: Tool, of skill: Skill) -> Bool {
        skill.origin.folder.map { FileSystem.exists("\($0)/tools.py") } ?? false
    }

    func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        guard let folder = call.skill.origin.folder.flatMap(RealPath.of) else {
            throw ToolFailure(
                .permanent,
                code: "skill-missing",
                "the folder of \(call.skill.name) does not exist any more"
            )
        }
        let key = PoolKey(
            skill: call.skill.id,
            folder: folder,
            memory: call.limits.maximumMemory,
            resultBytes: call.limits.maximumResultBytes
        )
        let cleaning = MessageCleaning(call, launcher)
        let worker = try await worker(for: call, key, cleaning)
        tickets += 1
        let ticket = tickets
        busy[ticket] = worker
        let answer = await worker.call(call)
        busy[ticket] = nil
        if !answer.canGoOn { await worker.stop() }
        await finish(key, answer.canGoOn ? worker : nil, hasCrashed: answer.hasCrashed)
        let remarks = cleaning.remarks(answer.said)
        switch answer.outcome {
        case .success(let value): return ToolResult(value: value, remarks: remarks)
        case .failure(let failure): throw cleaning.cleaned(failure, remarks)
        }
    }

    func close() async {
        isClosed = true
        var workers = Array(busy.values)
        for key in pools.keys {
            guard let (idle, turns) = pools[key]?.close() else { continue }
            workers += idle
            for turn in turns { turn.resume(returning: false) }
        }
        await withTaskGroup { group in
            for worker in workers { group.addTask { await worker.stop() } }
        }
    }

    // MARK: - Workers

    /// A worker that is free for the call, once it is its turn.
    private func worker(
        for call: ToolCall,
        _ key: PoolKey,
        _ cleaning: MessageCleaning
    ) async throws(ToolFailure) -> PythonWorker {
        while true {
            guard !isClosed, !Task.isCancelled else {
                throw ToolFailure(.cancelled, code: "cancelled", "the call was cancelled before it began")
            }
            switch pools[key, default: newPool(call.skill)].next() {
            case .use(let worker): return worker
            case .start(let number):
                do throws(ToolFailure) {
                    return try await start(number, call, key)
                } catch {
                    await finish(key, nil, hasCrashed: error.code == "worker-failed")
                    throw cleaning.cleaned(error, [])
                }
            case .wait: await turn(key)
            case .refuse:
                throw ToolFailure(
                    .permanent,
                    code: "worker-unstable",
                    "\(call.skill.name) ended its worker \(settings.maximumCrashes) times in a row and is not started again"
                )
            }
        }
    }

    private func start(_ number: Int, _ call: ToolCall, _ key: PoolKey) async throws(ToolFailure) -> PythonWorker {
        let python = try await interpreters.locate(settings.interpreter(call.skill))
        var configuration: JSONObject = [
            "skill": .string(key.folder), "visible": JSONValue(launcher.visiblePaths(of: call.skill)),
        ]
        if launcher.mode == .required { configuration["processes"] = JSONValue(launcher.limits.processes) }
        let way = try launcher.network(of: call.skill)
        switch way {
        case .host: break
        case .none: configuration["egress"] = .null
        case .broker: configuration["egress"] = JSONValue(launcher.firstPassedDescriptor)
        }
        let program = try await launcher.subprocess(
            [python.path, "-I", "-B", "-u", "-X", "utf8", "-c", PythonWorker.program]
                + [JSONValue.object(configuration).serialized()],
            for: call.skill,
            readable: python.folders,
            memory: call.limits.maximumMemory,
            passed: way.passed
        )
        return try await PythonWorker(
            number: number,
            program,
            broker: way.broker,
            maximumLineBytes: call.limits.maximumResultBytes,
            patience: Self.startPatience
        )
    }

    private func newPool(_ skill: Skill) -> WorkerPool {
        let wish = skill.metadata["workers"].flatMap { Int($0) }.map { max(1, $0) } ?? settings.workersPerSkill
        return WorkerPool(
            maximumWorkers: min(wish, settings.workersPerSkill),
            maximumCrashes: settings.maximumCrashes
        )
    }

    private func finish(_ key: PoolKey, _ worker: PythonWorker?, hasCrashed: Bool) async {
        let turn = pools[key]?.finish(isClosed ? nil : worker, hasCrashed: hasCrashed)
        turn?.resume(returning: true)
        if isClosed { await worker?.stop() }
    }

    /// Waits until a place may be free.
    private func turn(_ key: PoolKey) async {
        tickets += 1
        let ticket = tickets
        let isMine = await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                if Task.isCancelled || isClosed {
                    turn.resume(returning: false)
                } else {
                    pools[key]?.wait(ticket, turn)
                }
            }
        } onCancel: {
            Task { await self.leave(key, ticket) }
        }
        // Who leaves after its turn was given passes it on.
        if isMine && Task.isCancelled { await passOn(key) }
    }

    private func leave(_ key: PoolKey, _ ticket: Int) {
        pools[key]?.leave(ticket)?.resume(returning: false)
    }

    private func passOn(_ key: PoolKey) async { pools[key]?.nextTurn()?.resume(returning: true) }
}

extension MessageCleaning {
    init(_ call: ToolCall, _ launcher: ToolLauncher) {
        let names = launcher.grants[call.skill.id].environment
        self.init(
            skill: call.skill,
            workspace: launcher.workspace,
            home: launcher.environment["HOME"],
            secrets: names.compactMap { launcher.environment[$0] }
        )
    }

    /// A failure whose words are fit for messages, with what the tool said beside it.
    func cleaned(_ failure: ToolFailure, _ remarks: [String]) -> ToolFailure {
        var failure = failure
        failure.message = message(failure.message)
        failure.remarks = remarks
        return failure
    }
}
