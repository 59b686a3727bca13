import Storage

extension PostgreSQLRunStore {
    /// Which run a worker looks at.
    package enum TurnSubject: Sendable {
        case run(String)
        /// One in which something is due that nobody else looks at, but for these runs, and these skills of runs.
        case anyDue(except: Set<String>, lacking: [String: Set<String>])
    }

    /// What a worker decided about a run, and has written.
    package struct Turn: Sendable {
        package var run: String
        /// Nil where another process drives the run, or where there is a failure.
        package var decision: WorkerTurn.Decision?
        /// What is wrong with the run itself, which was left as it is.
        package var failure: RunStoreError?
    }

    /// Gives a worker the run for one look: reads the journal, lets it decide, writes what it decided and what there is to
    /// do then, all in one transaction.
    ///
    /// - Parameters:
    ///   - known: states of runs as of the worker's last looks.
    ///   - decide: what is done with the run; called again where the connection is lost.
    /// - Returns: nil where nothing is due.
    func takeTurn(
        _ subject: TurnSubject,
        as worker: String,
        known: [String: RunState],
        _ decide: @escaping @Sendable (String, WorkerTurn.View) throws -> WorkerTurn.Decision?
    ) async throws(RunStoreError) -> Turn? {
        let token = RunToken.make()
        let lease = lease
        return try await performing { connection in
            try connection.transaction { () -> Turn? in
                guard let run = try Self.choose(subject, for: worker, connection) else { return nil }
                let journal = SharedJournal(connection: connection)
                guard let row = try journal.lock(run) else { throw RunStoreError.notFound(run) }
                do {
                    let tasks = SharedRunTasks(connection: connection, run: row.number)
                    let state = try journal.state(of: run, row, known: known[run])
                    let view = WorkerTurn.View(state: state, claims: try tasks.claims(), now: try Self.now(connection))
                    guard let decision = try decide(run, view) else { return Turn(run: run) }
                    if !decision.transitions.isEmpty {
                        let phase = decision.state.phase
                        try journal.insert(decision.transitions, into: row, at: view.now, phase: phase, token: token)
                    }
                    try tasks.replace(by: decision, of: worker, lease: lease)
                    return Turn(run: run, decision: decision)
                } catch let error as RunStoreError {
                    // Nothing was written yet.
                    return Turn(run: run, failure: error)
                }
            }
        }
    }

    private static func choose(
        _ subject: TurnSubject,
        for worker: String,
        _ connection: PostgreSQLConnection
    ) throws -> String? {
        guard case .anyDue(let excepted, let lacking) = subject else {
            if case .run(let run) = subject { return run }
            return nil
        }
        let pairs = lacking.flatMap { run, skills in skills.map { (run, $0) } }
        return try connection.query(
            """
            SELECT r.id FROM skillweaver_runs r
            WHERE r.number IN (
                SELECT t.run FROM skillweaver_run_tasks t JOIN skillweaver_runs due ON due.number = t.run
                WHERE t.due <= now() AND NOT (t.state = 'claimed' AND t.worker = $1)
                    AND (due.id, t.skill) NOT IN (SELECT * FROM unnest($2::text[], $3::text[]))
            ) AND NOT r.id = ANY($4)
            ORDER BY r.number LIMIT 1 FOR UPDATE OF r SKIP LOCKED
            """,
            .text(worker),
            .texts(pairs.map(\.0)),
            .texts(pairs.map { PostgreSQLValue.cleaned($0.1) }),
            .texts(excepted.map(Optional.some))
        ) { $0.text(0) }.first
    }

    private static func now(_ connection: PostgreSQLConnection) throws -> RunTime {
        let milliseconds = try connection.query(
            "SELECT ceil(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
        ) { $0.integer(0) }
        return RunTime(milliseconds: milliseconds.first ?? 0)
    }

    /// Says that a worker lives, and keeps what it claimed for one more lease.
    ///
    /// - Returns: what it still has; attempts that are missing were taken over by others.
    func heartbeat(of worker: String) async throws(RunStoreError) -> [HeldAttempt] {
        let lease = lease.wholeMilliseconds
        // Tried once: a late heartbeat is worth less than the next.
        return try await performing(isPatient: false) { connection in
            try connection.query(
                """
                UPDATE skillweaver_run_tasks t SET due = clock_timestamp() + $2::bigint * interval '1 millisecond'
                FROM skillweaver_runs r
                WHERE r.number = t.run AND t.state = 'claimed' AND t.worker = $1 AND t.step <> ''
                RETURNING r.id, t.step, t.element, t.attempt, r.cancelling
                """,
                .text(worker),
                .integer(lease)
            ) { row in
                HeldAttempt(
                    run: row.text(0),
                    task: TaskID(step: row.text(1), element: row.int(2) < 0 ? nil : row.int(2)),
                    attempt: row.int(3),
                    isCancelled: row.bool(4)
                )
            }
        }
    }
}

/// An attempt that is a worker's by the database.
struct HeldAttempt: Sendable, Hashable {
    var run: String
    var task: TaskID
    var attempt: Int
    /// Somebody wants the run to end.
    var isCancelled: Bool
}
