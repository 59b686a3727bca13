import Storage

extension RunDriver {
    /// Ends a run for good: at once where nobody drives it, else whoever does sees it in the journal.
    package func cancel(_ run: String, by person: String) async throws -> RunState {
        while true {
            let state = try await store.state(of: run)
            guard state.outcome == nil else { return state }
            if !state.isCancelling {
                guard try await requestCancellation(of: state, by: person) else { continue }
            }
            do {
                return try await drive(run)
            } catch let error as RunStoreError where error.kind == .busy {
                return try await store.state(of: run)
            }
        }
    }

    /// False when somebody else wrote to the journal first.
    private func requestCancellation(of state: RunState, by person: String) async throws -> Bool {
        do {
            try await store.append(
                [.cancelRequested(by: person)],
                to: state.definition.id,
                after: state.sequence,
                at: clock.now,
                phase: nil
            )
            return true
        } catch {
            guard error.kind == .conflict else { throw error }
            return false
        }
    }

    /// Forgets runs that ended, with their files; returns how many.
    ///
    /// Workspaces of the user's own stay.
    package func prune(olderThan age: Duration) async throws -> Int {
        var query = RunQuery(limit: 500)
        query.phases = Set(RunPhase.allCases.filter(\.isFinal))
        query.createdBefore = RunTime(milliseconds: clock.now.milliseconds - age.wholeMilliseconds)
        var count = 0
        while true {
            let runs = try await store.list(query)
            for run in runs {
                try await forget(run.id)
                count += 1
            }
            guard runs.count == query.limit else { return count }
        }
    }

    /// Forgets one run that ended, with its files.
    package func forget(_ run: String) async throws {
        try await store.delete(run)
        FileSystem.removeFolder("\(resultsFolder)/\(run)")
    }
}
