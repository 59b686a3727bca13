import PlanExecution

/// Drives the runs of a gateway's clients, which outlast the calls that began them.
actor GatewayRuns {
    private typealias Waiter = CheckedContinuation<Void, Never>

    private let driver: RunDriver
    private var driving: [String: Task<Void, Never>] = [:]
    private var waiting: [String: [Int: Waiter]] = [:]
    /// Why runs could not be driven on, of those that are not finished.
    private var problems: [String: String] = [:]
    private var lastWaiter = 0

    init(_ driver: RunDriver) { self.driver = driver }

    nonisolated var store: any RunStore { driver.store }

    /// Drives a run, unless that is being done.
    ///
    /// - Parameter commands: what a person decided, appended first.
    func drive(_ run: String, commands: [RunTransition] = []) {
        guard driving[run] == nil else { return }
        problems[run] = nil
        // Not structured: a run goes on when the call that began it has been answered.
        driving[run] = Task {
            do { try await driver.drive(run, commands: commands) } catch { problems[run] = "\(error)" }
            settled(run)
        }
    }

    /// Waits until nothing more happens in a run, at most so long.
    ///
    /// - Returns: its state then: finished, waiting for an answer, or running.
    func state(of run: String, within patience: Duration) async throws -> RunState {
        if driving[run] != nil, patience > .zero {
            await wait(for: run, within: patience)
            try Task.checkCancellation()
        }
        if let problem = problems[run] { throw GatewayProblem("the run cannot go on: \(problem)") }
        return try await driver.store.state(of: run)
    }

    func isDriving(_ run: String) -> Bool { driving[run] != nil }

    /// Ends a run for good.
    func cancel(_ run: String) async throws -> RunState {
        let state = try await driver.cancel(run, by: "an MCP client")
        guard state.outcome == nil else { return state }
        await wait(for: run, within: .seconds(5))
        return try await driver.store.state(of: run)
    }

    /// Stops what is under way; the journal has it, and it can be gone on with.
    func close() async {
        for task in driving.values { task.cancel() }
        for task in driving.values { await task.value }
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

    private func settled(_ run: String) {
        driving[run] = nil
        for waiter in (waiting.removeValue(forKey: run) ?? [:]).values { waiter.resume() }
    }
}
