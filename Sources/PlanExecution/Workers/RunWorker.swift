import SkillCatalog
import Storage

/// Works on the runs of a shared store, together with any number of other workers on any number of machines.
///
/// A worker takes turns (`WorkerTurn`) at runs in which something is due, makes the attempts it took, and says by heartbeats
/// that it lives. One that says nothing for the length of a lease has lost what it took: the others treat its attempts as
/// those of a process that was killed.
package actor RunWorker {
    enum Message: Sendable {
        case ended(run: String, AttemptOrder, Result<ToolResult, ToolFailure>)
        /// What the database had as this worker's some time after that moment.
        case held([HeldAttempt], since: ContinuousClock.Instant)
        case counselled(run: String, CounselReport)
        case tick
        case stop
        case graceOver
    }

    /// What is known of a run between turns.
    struct Known {
        var state: RunState
        var invoker: (any ToolInvoker)?
        /// Number of the turn in which it was seen last.
        var seen: Int
    }

    struct UnderWay {
        var run: String
        var order: AttemptOrder
        var since: ContinuousClock.Instant
        var task: Task<Void, Never>
        /// It was told to stop.
        var isStopped = false
    }

    /// The name by which the database knows it.
    package nonisolated let name: String
    let settings: WorkerSettings
    let store: PostgreSQLRunStore
    let driver: RunDriver
    let onEvent: @Sendable (WorkerEvent) -> Void
    let mailbox = Mailbox<Message>()

    var known: [String: Known] = [:]
    var underWay: [RunAttempt: [String: UnderWay]] = [:]
    var reports: [String: [AttemptReport]] = [:]
    /// What somebody is being asked, by run.
    var asking: [String: [CounselWish: Task<Void, Never>]] = [:]
    var advice: [String: [CounselReport]] = [:]
    /// What the tools of this machine depend on.
    var servers: @Sendable (Tool, Skill) -> String? = { _, _ in nil }
    /// Runs this program cannot work on, such as those of a newer version.
    var refused: Set<String> = []
    /// Skills of runs that this machine has not got, and until when that is believed.
    var lacking: [String: [String: ContinuousClock.Instant]] = [:]
    var turns = 0
    var isStopping = false
    var isGraceOver = false
    var isInTrouble = false
    /// Beside the loop: heartbeats, and the next tick.
    var tick: Task<Void, Never>?
    /// When the last heartbeat that came through was sent.
    private var lastBeat = ContinuousClock.now

    /// Runs that are remembered though nothing of them is under way here.
    private static let mostKnown = 32

    /// - Parameters:
    ///   - driver: whose invokers, folders and secrets are used; runs of its own store are not touched.
    ///   - onEvent: called in order, for the log.
    package init(
        _ settings: WorkerSettings,
        store: PostgreSQLRunStore,
        driver: RunDriver,
        onEvent: @escaping @Sendable (WorkerEvent) -> Void = { _ in }
    ) {
        name = "\(settings.name)-\(RunToken.make(6))"
        self.settings = settings
        self.store = store
        self.driver = driver
        self.onEvent = onEvent
    }

    /// Works until the task is cancelled. Attempts under way then go on for a while; what has not ended by then is stopped,
    /// and everything is handed back.
    ///
    /// - Throws: `RunStoreError` when the store cannot be used at the beginning; later it is waited for.
    package func run() async throws {
        _ = try await store.heartbeat(of: name)
        lastBeat = .now
        let probe = try await driver.invokers.invoker(for: RunWorkspace(folder: "/", results: "/"))
        let presence = SkillPresence(invoker: probe)
        servers = { probe.server(of: $0, of: $1) }
        say(.started, "worker \(name) looks for work in \(store.address)")
        // Not children of this task: they go on for a while when it is cancelled.
        let beats = Task { await beat() }
        let watch = Task { await watchLease() }
        await withTaskCancellationHandler {
            await loop(presence)
        } onCancel: {
            mailbox.post(.stop)
        }
        beats.cancel()
        watch.cancel()
        tick?.cancel()
        for task in asking.values.flatMap(\.values) { task.cancel() }
        for run in known.keys.sorted() { await forget(run) }
        await probe.close()
        say(.stopped, "worker \(name) stopped")
    }

    private func loop(_ presence: SkillPresence) async {
        while !(isStopping && underWay.isEmpty && reports.isEmpty) {
            await report(presence)
            if !isStopping { await takeWork(presence) }
            // The reports may have been all there was to wait for.
            if isStopping, underWay.isEmpty, reports.isEmpty { return }
            arm()
            for message in await mailbox.take() { handle(message) }
        }
    }

    private func handle(_ message: Message) {
        switch message {
        case .ended(let run, let order, let result):
            underWay[order.attempt]?[run] = nil
            if underWay[order.attempt]?.isEmpty == true { underWay[order.attempt] = nil }
            let report = AttemptReport(
                attempt: order.attempt,
                isCompensation: order.isCompensation,
                result: result
            )
            reports[run, default: []].append(report)
            note(report, of: run)
            sayEnd(of: report, run)
        case .counselled(let run, let report):
            asking[run]?[report.wish] = nil
            if asking[run]?.isEmpty == true { asking[run] = nil }
            advice[run, default: []].append(report)
        case .held(let held, let since): release(allBut: held, since)
        case .tick: tick = nil
        case .stop:
            isStopping = true
            let grace = settings.grace
            let seconds = grace.wholeMilliseconds / 1_000
            say(.stopping, "\(activity.count) attempts are under way and have \(seconds) s to end")
            // Ends with the worker: nobody takes its message then.
            Task { [mailbox] in
                try? await Task.sleep(for: grace)
                mailbox.post(.graceOver)
            }
        case .graceOver:
            isGraceOver = true
            stopAll("the time to end is over")
        }
    }

    /// All attempts under way.
    var activity: [UnderWay] { underWay.values.flatMap(\.values) }

    /// Wakes the loop after a while.
    private func arm() {
        guard tick == nil else { return }
        let pause = settings.pollInterval * Double.random(in: 0.75...1.25)
        tick = Task { [mailbox] in
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            mailbox.post(.tick)
        }
    }

    /// Says that the worker lives, five times a lease.
    private func beat() async {
        while (try? await Task.sleep(for: store.lease / 5)) != nil {
            let start = ContinuousClock.now
            // What fails is tried again with the next one; the watch sees when that is too late.
            guard let held = try? await store.heartbeat(of: name) else { continue }
            lastBeat = start
            mailbox.post(.held(held, since: start))
        }
    }

    /// Stops what is under way before others may take it over; also while the loop waits for the database.
    private func watchLease() async {
        while (try? await Task.sleep(for: store.lease / 10)) != nil {
            guard lastBeat.duration(to: .now) > store.lease * 0.8 else { continue }
            stopAll("the database was not reached for most of a lease, and others may take over")
        }
    }

    // MARK: - Turns

    /// Reports how attempts ended; what cannot be reported now is kept.
    private func report(_ presence: SkillPresence) async {
        for run in Set(reports.keys).union(advice.keys).sorted() {
            let (told, advised) = (reports[run]?.count ?? 0, advice[run]?.count ?? 0)
            switch await turn(.run(run), presence) {
            case .taken, .nothing: drop(told, advised, of: run)
            case .unavailable: if isGraceOver { drop(told, advised, of: run) }
            }
        }
    }

    private func drop(_ count: Int, _ advised: Int, of run: String) {
        // A turn at a run that was due may have told them already.
        let (left, unheard) = (reports[run, default: []].dropFirst(count), advice[run, default: []].dropFirst(advised))
        reports[run] = left.isEmpty ? nil : Array(left)
        advice[run] = unheard.isEmpty ? nil : Array(unheard)
    }

    /// Takes work as long as there is some and room for it.
    private func takeWork(_ presence: SkillPresence) async {
        // Bounded, so that what has ended is reported in between.
        for _ in 0..<(settings.concurrency + 8) where activity.count < settings.concurrency {
            let now = ContinuousClock.now
            lacking = lacking.mapValues { $0.filter { $0.value > now } }.filter { !$0.value.isEmpty }
            let subject = PostgreSQLRunStore.TurnSubject.anyDue(
                except: refused,
                lacking: lacking.mapValues { Set($0.keys) }
            )
            guard case .taken = await turn(subject, presence) else { return }
        }
    }

    private enum TurnResult { case taken, nothing, unavailable }

    private func turn(_ subject: PostgreSQLRunStore.TurnSubject, _ presence: SkillPresence) async -> TurnResult {
        turns += 1
        let known = known
        let activity = activity
        let room = isStopping ? 0 : max(0, settings.concurrency - activity.count)
        let (reports, advice, name, redactor) = (reports, advice, name, driver.redactor)
        let (breakers, servers) = (driver.breakers, servers)
        let asking = asking.mapValues { Set($0.keys) }
        let (offer, isStopping) = (driver.counsel.offer, isStopping)
        do throws(RunStoreError) {
            let turn = try await store.takeTurn(subject, as: name, known: known.mapValues(\.state)) { run, view in
                var turn = WorkerTurn(worker: name, capacity: room)
                turn.reports = reports[run] ?? []
                turn.underWay = Set(activity.filter { $0.run == run }.map(\.order.attempt))
                turn.advice = advice[run] ?? []
                turn.asking = asking[run] ?? []
                turn.offer = offer
                turn.mayAsk = !isStopping
                turn.breakers = breakers
                turn.server = servers
                turn.redactor = redactor
                turn.obstacle = { presence.obstacle(to: $0, in: $1) }
                return try turn.decide(view, monotonic: .now)
            }
            if isInTrouble { say(.recovered, "\(store.address) can be used again") }
            isInTrouble = false
            guard let turn else { return .nothing }
            // Reports of a run that was picked because it was due are told, too.
            if case .anyDue = subject, turn.failure == nil {
                self.reports[turn.run] = nil
                self.advice[turn.run] = nil
            }
            await follow(turn)
            return .taken
        } catch {
            if case .run(let run) = subject, error.kind == .notFound {
                await forget(run)
                return .nothing
            }
            if !isInTrouble { say(.trouble, error.message) }
            isInTrouble = true
            return .unavailable
        }
    }

    /// Does what was decided.
    private func follow(_ turn: PostgreSQLRunStore.Turn) async {
        let run = turn.run
        guard let decision = turn.decision else {
            if let failure = turn.failure {
                refused.insert(run)
                say(.trouble, failure.message, run: run)
            }
            cancel("another process drives the run", allBut: []) { $0.run == run }
            return await forget(run)
        }
        for remark in decision.remarks { say(remark, run) }
        let mine = decision.claims.filter { $0.worker == name }
        cancel("others took it over, or the run was cancelled", allBut: decision.state.isCancelling ? [] : mine) {
            $0.run == run
        }
        known[run] = Known(
            state: decision.state,
            invoker: known[run]?.invoker,
            seen: turns
        )
        for order in decision.orders { await begin(order, run, at: decision.time) }
        for wish in decision.wishes { await ask(wish, run) }
        let isOver = decision.state.outcome != nil || decision.state.pause != nil
        if isOver, !decision.transitions.isEmpty {
            let phase = decision.state.phase
            say(.runEnded, phase == .waiting ? "it waits for a person" : "it \(phase.rawValue)", run: run)
        }
        if isOver { await forget(run) }
        await forgetOldest()
    }

    private func forgetOldest() async {
        while known.count > Self.mostKnown {
            let busy = Set(activity.map(\.run))
            guard let oldest = known.filter({ !busy.contains($0.key) }).min(by: { $0.value.seen < $1.value.seen })
            else { return }
            await forget(oldest.key)
        }
    }

    /// Ends what attempts at a run shared; those still under way are being stopped.
    func forget(_ run: String) async {
        guard let invoker = known.removeValue(forKey: run)?.invoker else { return }
        for attempt in activity where attempt.run == run { await attempt.task.value }
        await invoker.close()
    }
}
