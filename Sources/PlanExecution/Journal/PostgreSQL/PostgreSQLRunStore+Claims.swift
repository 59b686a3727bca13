import Storage

extension PostgreSQLRunStore {
    /// Takes a whole run for this process, by a lease that is renewed for as long as the claim is kept.
    ///
    /// A process that is killed keeps its runs until the lease ends. Then workers take them over.
    package func claim(_ run: String, as owner: String) async throws(RunStoreError) -> any RunClaim {
        let name = "\(owner) \(RunToken.make(6))"
        let lease = lease
        try await performing { connection in
            try connection.transaction {
                guard let row = try SharedJournal(connection: connection).lock(run) else {
                    throw RunStoreError.notFound(run)
                }
                let tasks = SharedRunTasks(connection: connection, run: row.number)
                let holders = try tasks.holders(besides: name)
                guard holders.isEmpty else {
                    throw RunStoreError(
                        .busy,
                        "run \(run) is driven by \(holders.joined(separator: ", ")); follow it with 'skillweaver runs "
                            + "show \(run) --follow', or wait for the \(lease.wholeMilliseconds / 1_000) s of a lease, "
                            + "should that process be gone"
                    )
                }
                try tasks.claim(as: name, lease: lease)
            }
        }
        note(name, on: run)
        return SharedRunClaim(store: self, run: run, name: name)
    }

    /// Lets workers go on with a run, or begin it.
    package func offer(_ run: String) async throws(RunStoreError) {
        try await performing { connection in
            try connection.transaction {
                guard let row = try SharedJournal(connection: connection).lock(run) else {
                    throw RunStoreError.notFound(run)
                }
                try SharedRunTasks(connection: connection, run: row.number).offer()
            }
        }
    }

    fileprivate func renew(_ run: String, _ name: String) async throws(RunStoreError) {
        let lease = lease.wholeMilliseconds
        try await performing { connection in
            _ = try connection.run(
                """
                UPDATE skillweaver_run_tasks SET due = clock_timestamp() + $3::bigint * interval '1 millisecond'
                WHERE run = (SELECT number FROM skillweaver_runs WHERE id = $1) AND step = '' AND worker = $2
                """,
                .clean(run),
                .text(name),
                .integer(lease)
            )
        }
    }

    fileprivate func giveBack(_ run: String, _ name: String) async {
        note(nil, on: run)
        // Where this fails, the lease ends by itself.
        try? await performing { connection in
            _ = try connection.run(
                """
                DELETE FROM skillweaver_run_tasks
                WHERE run = (SELECT number FROM skillweaver_runs WHERE id = $1) AND step = '' AND worker = $2
                """,
                .clean(run),
                .text(name)
            )
        }
    }
}

/// The right to drive a run alone, which renews itself.
private final class SharedRunClaim: RunClaim {
    private let store: PostgreSQLRunStore
    private let run: String
    private let name: String
    private let renewal: Task<Void, Never>

    init(store: PostgreSQLRunStore, run: String, name: String) {
        (self.store, self.run, self.name) = (store, run, name)
        // Beside whatever the owner does; bound to this object's life.
        renewal = Task {
            while (try? await Task.sleep(for: store.lease / 5)) != nil {
                // A failure shows when the owner writes next.
                try? await store.renew(run, name)
            }
        }
    }

    deinit { renewal.cancel() }

    func release() async {
        renewal.cancel()
        await store.giveBack(run, name)
    }
}
