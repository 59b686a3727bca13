import PlanComposition
import SkillCatalog
import Storage
import Synchronization
import TestSupport
import Testing

@testable import PlanExecution

/// A database for runs, and workers in this process that share it.
struct WorkerBench: Sendable {
    let address: PostgreSQLAddress
    let folder: String
    let lease: Duration

    init(folder: String, lease: Duration = .seconds(20)) throws {
        let server = try #require(PostgreSQLServer.current)
        address = try server.database()
        self.folder = folder
        self.lease = lease
    }

    func store() -> PostgreSQLRunStore { PostgreSQLRunStore(address, lease: lease) }

    func connection() throws -> PostgreSQLConnection { try PostgreSQLConnection(to: address) }

    /// A worker that calls these tools.
    func worker(
        _ name: String,
        _ tools: any ToolInvoker,
        concurrency: Int = 2,
        grace: Duration = .seconds(20),
        counsel: RunCounsel = RunCounsel(),
        log: WorkerLog
    ) -> RunWorker {
        var settings = WorkerSettings(name: name)
        settings.concurrency = concurrency
        settings.grace = grace
        settings.pollInterval = .milliseconds(20)
        let store = store()
        let driver = RunDriver(
            store: store,
            invokers: ToolInvokerProvider { _ in tools },
            resultsFolder: "\(folder)/results",
            counsel: counsel
        )
        return RunWorker(settings, store: store, driver: driver) { log.add($0) }
    }

    /// Keeps a run of these steps in the folder's workspace, and leaves it to workers.
    func offer(_ harness: RunHarness, _ steps: [PlanStep], id: String = "run-1") async throws {
        let run = try await harness.create(steps, id: id)
        try await store().offer(run)
    }

    /// Lets workers work until a run has ended, or waits for a person; then stops them.
    func work(_ workers: [RunWorker], until log: WorkerLog, _ runs: Int = 1) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { try await worker.run() } }
            group.addTask { try await log.wait { $0.count { $0.kind == .runEnded } >= runs } }
            // A worker that cannot begin ends the group with its error; else the wait ends first.
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

/// What workers said, and who waits for what.
final class WorkerLog: Sendable {
    private struct State {
        var events: [WorkerEvent] = []
        var waiters: [(isOver: @Sendable ([WorkerEvent]) -> Bool, turn: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var events: [WorkerEvent] { state.withLock { $0.events } }
    func count(_ kind: WorkerEvent.Kind) -> Int { events.count { $0.kind == kind } }

    func add(_ event: WorkerEvent) {
        let ready = state.withLock { state in
            state.events.append(event)
            let events = state.events
            let ready = state.waiters.filter { $0.isOver(events) }
            state.waiters.removeAll { $0.isOver(events) }
            return ready
        }
        for waiter in ready { waiter.turn.resume() }
    }

    /// Waits until what was said is enough.
    func wait(_ isOver: @escaping @Sendable ([WorkerEvent]) -> Bool) async throws {
        await withCheckedContinuation { turn in
            let isReady = state.withLock { state in
                guard !isOver(state.events) else { return true }
                state.waiters.append((isOver, turn))
                return false
            }
            if isReady { turn.resume() }
        }
    }
}

/// A door that a tool waits at.
final class Door: Sendable {
    private let state = Mutex((isOpen: false, waiters: [CheckedContinuation<Void, Never>]()))

    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func pass() async {
        await withCheckedContinuation { turn in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(turn) }
                return state.isOpen
            }
            if isOpen { turn.resume() }
        }
    }
}
