package import PlanExecution

/// Drives the runs of a server's clients, which outlast the requests that began them.
package actor HostedRuns {
    private typealias Waiter = CheckedContinuation<Void, Never>

    /// Who takes the steps of runs.
    package enum Labour: Sendable {
        /// This process.
        case own
        /// Workers that look into the database, wherever they are.
        case workers(PostgreSQLRunStore)
    }

    private let driver: RunDriver
    private let labour: Labour
    private var driving: [String: Task<Void, Never>] = [:]
    /// Runs to be driven once more when they pause: somebody wrote to their journal in between.
    private var calledAgain: Set<String> = []
    private var waiting: [String: [Int: Waiter]] = [:]
    /// Why runs could not be driven on, of those that are not finished.
    private var problems: [String: String] = [:]
    private var lastWaiter = 0
    private var isClosing = false
    private var lookout: Task<Void, Never>?
    /// How often journals are looked at that others may write.
    private static let lookAgain = Duration.milliseconds(500)

    /// Says when journals grow.
    package nonisolated let growth = JournalGrowth()

    package init(_ driver: RunDriver, labour: Labour = .own) {
        self.driver = driver
        self.labour = labour
    }

    package nonisolated var store: any RunStore { driver.store }

    package nonisolated var isDriver: Bool { if case .own = labour { true } else { false } }

    // MARK: - Driving

    /// Has a run go on, unless that is being done.
    ///
    /// - Throws: `RunStoreError` where it cannot be left to workers.
    package func drive(_ run: String) async throws {
        if case .workers(let store) = labour { return try await store.offer(run) }
        guard driving[run] == nil, !isClosing else { return }
        problems[run] = nil
        // Not structured: a run goes on when the request that began it has been answered.
        driving[run] = Task {
            do {
                _ = try await driver.drive(run, onCommit: { [growth] sequence in growth.grown(run, to: sequence) })
            } catch {
                // One that was stopped has said so in its journal.
                if !(error is CancellationError) { problems[run] = "\(error)" }
            }
            await settled(run)
        }
    }

    /// Writes what a person decided into the journal of a run, and has it go on.
    ///
    /// - Parameter decide: makes the transitions from the state the run is in; called again where the run moved on meanwhile.
    package func answer(_ run: String, _ decide: @Sendable (RunState) throws -> [RunTransition]) async throws {
        while true {
            let state = try await store.state(of: run)
            let transitions = try decide(state)
            guard state.outcome == nil else { return }
            if !transitions.isEmpty {
                do throws(RunStoreError) {
                    try await store.append(
                        transitions,
                        to: run,
                        after: state.sequence,
                        at: SystemRunClock().now,
                        phase: nil
                    )
                } catch {
                    guard error.kind == .conflict else { throw error }
                    continue
                }
                growth.grown(run, to: state.sequence + transitions.count)
            }
            // Whoever drives it sees the answers, or pauses without having seen them.
            if driving[run] != nil { calledAgain.insert(run) }
            return try await drive(run)
        }
    }

    /// Ends a run for good.
    package func cancel(_ run: String, by person: String) async throws -> RunState {
        if case .workers(let store) = labour {
            try await answer(run) { state in state.isCancelling ? [] : [.cancelRequested(by: person)] }
            return try await store.state(of: run)
        }
        let state = try await driver.cancel(run, by: person)
        growth.grown(run, to: state.sequence)
        guard state.outcome == nil else { return state }
        await wait(for: run, within: .seconds(5))
        return try await driver.store.state(of: run)
    }

    /// Goes on with the runs this owner was driving when its process ended.
    ///
    /// - Returns: their ids.
    package func takeUp() async throws -> [String] {
        guard isDriver else { return [] }
        var taken: [String] = []
        for summary in try await store.list(RunQuery(phases: [.running, .interrupted], limit: 1_000)) {
            let state = try await store.state(of: summary.id)
            guard state.lastDriver == driver.owner else { continue }
            try await drive(summary.id)
            taken.append(summary.id)
        }
        return taken
    }

    /// Forgets a run that has ended.
    package func delete(_ run: String) async throws { try await driver.forget(run) }

    // MARK: - Looking

    /// Has growth noticed of journals that others write, as long as somebody waits for it.
    package func lookOut() {
        guard lookout == nil, !isClosing else { return }
        // Not structured: it serves every follower, and ends when there is none.
        lookout = Task {
            while (try? await Task.sleep(for: Self.lookAgain)) != nil, await lookAround() {}
            lookout = nil
        }
    }

    /// False where nobody waits for anything.
    private func lookAround() async -> Bool {
        let awaited = growth.awaited
        for (run, sequence) in awaited where driving[run] == nil {
            do {
                if let entry = try await store.entries(of: run, after: sequence, limit: 1).first {
                    growth.grown(run, to: entry.sequence)
                }
            } catch {
                // Whoever follows it looks again, and hears why.
                growth.settled(run)
            }
        }
        return !awaited.isEmpty
    }

    /// Waits until nothing more happens in a run, at most so long.
    ///
    /// - Returns: its state then: finished, waiting for an answer, or running.
    package func state(of run: String, within patience: Duration) async throws -> RunState {
        if driving[run] != nil, patience > .zero {
            await wait(for: run, within: patience)
            try Task.checkCancellation()
        }
        if let problem = problems[run] { throw GatewayProblem("the run cannot go on: \(problem)") }
        return try await driver.store.state(of: run)
    }

    package func isDriving(_ run: String) -> Bool { driving[run] != nil }

    /// Runs that are being driven now.
    package var count: Int { driving.count }

    /// Why a run could not be driven on; nil where nothing hindered it.
    package func problem(with run: String) -> String? { problems[run] }

    // MARK: - Ending

    /// Lets what is under way end for so long, then stops it; the journal has it, and it can be gone on with.
    package func close(grace: Duration = .zero) async {
        isClosing = true
        let deadline = ContinuousClock.now + grace
        while let run = driving.keys.first, ContinuousClock.now < deadline {
            await wait(for: run, within: deadline - .now)
        }
        for task in driving.values { task.cancel() }
        for task in driving.values { await task.value }
        lookout?.cancel()
        growth.end()
    }

    // MARK: - Waiting

    private func wait(for run: String, within patience: Duration) async {
        lastWaiter += 1
        let number = lastWaiter
        let clock = Task {
            try? await Task.sleep(for: patience)
            release(run, number)
        }
        defer { clock.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                if driving[run] == nil || Task.isCancelled {
                    waiter.resume()
                } else {
                    waiting[run, default: [:]][number] = waiter
                }
            }
        } onCancel: {
            clock.cancel()
        }
    }

    private func release(_ run: String, _ number: Int) {
        waiting[run]?.removeValue(forKey: number)?.resume()
        if waiting[run]?.isEmpty == true { waiting[run] = nil }
    }

    private func settled(_ run: String) async {
        driving[run] = nil
        if calledAgain.remove(run) != nil, problems[run] == nil, !isClosing {
            try? await drive(run)
            guard driving[run] == nil else { return }
        }
        growth.settled(run)
        for waiter in (waiting.removeValue(forKey: run) ?? [:]).values { waiter.resume() }
    }
}
