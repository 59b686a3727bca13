import Storage

/// The rows that say what there is to do in one run and who does it; used in the transaction that writes its journal.
struct SharedRunTasks {
    let connection: PostgreSQLConnection
    /// The run's number.
    let run: Int64

    /// Whether that process drives the whole run.
    func isDriven(by claim: String) throws -> Bool {
        try connection.query(
            "SELECT worker = $2 FROM skillweaver_run_tasks WHERE run = $1 AND step = '' AND state = 'claimed'",
            .integer(run),
            .text(claim)
        ) { $0.bool(0) }.first ?? false
    }

    /// Nothing is to be done in the run any more.
    func clear() throws {
        try connection.run("DELETE FROM skillweaver_run_tasks WHERE run = $1", .integer(run))
    }

    /// Any worker may decide what comes next, unless one process drives the whole run.
    func offer() throws {
        try connection.run(
            """
            INSERT INTO skillweaver_run_tasks (run, step, element, state, due) VALUES ($1, '', -1, 'ready', now())
            ON CONFLICT (run, step, element) DO UPDATE SET due = excluded.due
            WHERE skillweaver_run_tasks.state = 'ready'
            """,
            .integer(run)
        )
    }

    /// Names of the processes that do something in the run at the moment, or drive it, other than that one.
    func holders(besides claim: String) throws -> [String] {
        try connection.query(
            """
            SELECT DISTINCT worker FROM skillweaver_run_tasks
            WHERE run = $1 AND state = 'claimed' AND due > now() AND worker <> $2 ORDER BY worker
            """,
            .integer(run),
            .text(claim)
        ) { $0.text(0) }
    }

    /// One process drives the whole run, for as long as the lease lasts.
    func claim(as claim: String, lease: Duration) throws {
        try clear()
        try connection.run(
            """
            INSERT INTO skillweaver_run_tasks (run, step, element, state, due, worker)
            VALUES ($1, '', -1, 'claimed', clock_timestamp() + $3::bigint * interval '1 millisecond', $2)
            """,
            .integer(run),
            .text(claim),
            .integer(lease.wholeMilliseconds)
        )
    }

    /// Who does what at the moment.
    func claims() throws -> [TaskClaim] {
        try connection.query(
            """
            SELECT step, element, worker, attempt, due <= now() FROM skillweaver_run_tasks
            WHERE run = $1 AND state = 'claimed'
            """,
            .integer(run)
        ) { row in
            TaskClaim(
                task: TaskID(step: row.text(0), element: row.int(1) < 0 ? nil : row.int(1)),
                attempt: row.int(3),
                worker: row.text(2),
                hasEnded: row.bool(4)
            )
        }
    }

    /// Replaces the rows of a run by what a worker decided; claims of others that it keeps stay as they are.
    func replace(by decision: WorkerTurn.Decision, of worker: String, lease: Duration) throws {
        let kept = decision.claims.filter { $0.worker != worker }
        try connection.run(
            """
            DELETE FROM skillweaver_run_tasks WHERE run = $1 AND NOT (state = 'claimed' AND worker <> $2
                AND (step, element) IN (SELECT * FROM unnest($3::text[], $4::bigint[])))
            """,
            .integer(run),
            .text(worker),
            .texts(kept.map { PostgreSQLValue.cleaned($0.task.step) }),
            .integers(kept.map { Int64($0.task.element ?? -1) })
        )
        var rows: [Row] = decision.claims.filter { $0.worker == worker }.map { claim in
            Row(claim.task, "claimed", inMilliseconds: lease.wholeMilliseconds, worker: worker, attempt: claim.attempt)
        }
        rows += decision.ready.map { Row($0.task, "ready", inMilliseconds: 0, skill: $0.skill) }
        if let wakeAt = decision.wakeAt {
            let wait = max(0, wakeAt.milliseconds - decision.time.milliseconds)
            rows.append(Row(TaskID(step: ""), "ready", inMilliseconds: wait))
        }
        guard !rows.isEmpty else { return }
        try connection.run(
            """
            INSERT INTO skillweaver_run_tasks (run, step, element, state, due, skill, worker, attempt)
            SELECT $1, step, element, state, clock_timestamp() + delay * interval '1 millisecond', skill, worker, attempt
            FROM unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::bigint[])
                AS task(step, element, state, delay, skill, worker, attempt)
            """,
            .integer(run),
            .texts(rows.map { PostgreSQLValue.cleaned($0.task.step) }),
            .integers(rows.map { Int64($0.task.element ?? -1) }),
            .texts(rows.map(\.state)),
            .integers(rows.map(\.delay)),
            .texts(rows.map { PostgreSQLValue.cleaned($0.skill) }),
            .texts(rows.map(\.worker)),
            .integers(rows.map { Int64($0.attempt) })
        )
    }

    private struct Row {
        var task: TaskID
        var state: String
        var delay: Int64
        var skill: String
        var worker: String
        var attempt: Int

        init(
            _ task: TaskID,
            _ state: String,
            inMilliseconds delay: Int64,
            skill: String = "",
            worker: String = "",
            attempt: Int = 0
        ) {
            (self.task, self.state, self.delay) = (task, state, delay)
            (self.skill, self.worker, self.attempt) = (skill, worker, attempt)
        }
    }
}
