import JSONSchema
import PlanComposition
package import Storage
import Synchronization

/// Keeps runs in a PostgreSQL database: for the processes of many machines.
///
/// One transaction for each call of `append`, which has returned when the server says that it is durable
/// (`synchronous_commit`). Where the connection is lost, the call is made again on a new one for some seconds; what the
/// server committed before its answer was lost is recognised and not written twice.
package final class PostgreSQLRunStore: RunStore {
    package let address: PostgreSQLAddress
    /// How long a process that says nothing keeps what it claimed.
    package let lease: Duration
    private let pool: PostgreSQLPool
    private let state = Mutex(State())

    private struct State {
        var isMigrated = false
        /// Runs that this process drives alone, with the name under which it does.
        var claims: [String: String] = [:]
    }

    /// Nothing is asked of the server before the first call.
    package init(_ address: PostgreSQLAddress, lease: Duration = .seconds(30), connections: Int = 4) {
        var settings = PostgreSQLPool.Settings()
        settings.limit = connections
        settings.applicationName = "skillweaver runs"
        // 'remote_write' and 'remote_apply' promise more, and stay.
        settings.preparation = """
            SET default_transaction_isolation = 'read committed';
            SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') IN ('off', 'local')
            """
        pool = PostgreSQLPool(to: address, settings: settings)
        self.address = address
        self.lease = lease
    }

    package func create(_ definition: RunDefinition) async throws(RunStoreError) {
        let token = RunToken.make()
        try await performing { connection in
            let isNew = try connection.run(
                """
                INSERT INTO skillweaver_runs (id, token, format, created, updated, phase, request, steps, definition)
                VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING
                """,
                .clean(definition.id),
                .text(token),
                PostgreSQLValue(RunDefinition.format),
                .integer(definition.createdAt.milliseconds),
                .text(RunPhase.running.rawValue),
                .clean(String(definition.plan.request.prefix(500))),
                PostgreSQLValue(definition.plan.steps.count),
                .text(definition.json.serialized())
            )
            guard isNew == 0 else { return }
            // The answer to an attempt before this one may have been lost.
            let isOurs = try connection.query(
                "SELECT token = $2 FROM skillweaver_runs WHERE id = $1",
                .clean(definition.id),
                .text(token)
            ) { $0.bool(0) }
            guard isOurs == [true] else { throw RunStoreError(.exists, "there is a run \(definition.id) already") }
        }
    }

    package func append(
        _ transitions: [RunTransition],
        to run: String,
        after expected: Int,
        at time: RunTime,
        phase: RunPhase?
    ) async throws(RunStoreError) {
        let token = RunToken.make()
        let claim = state.withLock { $0.claims[run] }
        try await performing { connection in
            try connection.transaction {
                let journal = SharedJournal(connection: connection)
                guard let row = try journal.lock(run) else { throw RunStoreError.notFound(run) }
                guard row.last == expected else {
                    if try journal.wrote(token, run: row.number, sequence: expected + 1) { return }
                    throw RunStoreError.conflict(run)
                }
                let tasks = SharedRunTasks(connection: connection, run: row.number)
                if let claim, try !tasks.isDriven(by: claim) {
                    throw RunStoreError(
                        .busy,
                        "others have taken over run \(run), because this process was not heard of for too long"
                    )
                }
                try journal.insert(transitions, into: row, at: time, phase: phase, token: token)
                if let phase, phase.isFinal { try tasks.clear() } else { try tasks.offer() }
            }
        }
    }

    package func definition(of run: String) async throws(RunStoreError) -> RunDefinition {
        try await performing { try SharedJournal(connection: $0).definition(of: run) }
    }

    package func entries(
        of run: String,
        after sequence: Int,
        limit: Int
    ) async throws(RunStoreError) -> [JournalEntry] {
        try await performing { connection in
            let journal = SharedJournal(connection: connection)
            guard let number = try journal.number(of: run) else { throw RunStoreError.notFound(run) }
            return try journal.entries(of: number, run: run, after: sequence, limit: limit)
        }
    }

    package func list(_ query: RunQuery) async throws(RunStoreError) -> [RunSummary] {
        let phases = (query.phases ?? Set(RunPhase.allCases)).map(\.rawValue).sorted().map(Optional.some)
        return try await performing { connection in
            var before = Int64.max
            if let after = query.after {
                guard let number = try SharedJournal(connection: connection).number(of: after) else {
                    throw RunStoreError.notFound(after)
                }
                before = number
            }
            return try connection.query(
                """
                SELECT id, created, updated, phase, request, steps FROM skillweaver_runs
                WHERE number < $1 AND created < $2 AND phase = ANY($3) ORDER BY number DESC LIMIT $4
                """,
                .integer(before),
                .integer(query.createdBefore?.milliseconds ?? Int64.max),
                .texts(phases),
                PostgreSQLValue(query.limit)
            ) { row in
                RunSummary(
                    id: row.text(0),
                    createdAt: RunTime(milliseconds: row.integer(1)),
                    updatedAt: RunTime(milliseconds: row.integer(2)),
                    phase: RunPhase(rawValue: row.text(3)) ?? .running,
                    request: row.text(4),
                    steps: row.int(5)
                )
            }
        }
    }

    package func delete(_ run: String) async throws(RunStoreError) {
        // Not tried again: a second attempt could not tell a run that it forgot from one that never was.
        let count = try await performing(isPatient: false) { connection in
            try connection.run("DELETE FROM skillweaver_runs WHERE id = $1", .clean(run))
        }
        guard count > 0 else { throw .notFound(run) }
    }

    /// Runs something on the server that can be run again, also in a task that was cancelled.
    func performing<Value: Sendable>(
        isPatient: Bool = true,
        _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws(RunStoreError) -> Value {
        // A run that is cancelled still has to write how it was left; the pool would refuse. Ends when its attempts do.
        let task = Task { [self] in
            try await pool.read(isPatient: isPatient) { connection in
                if !state.withLock(\.isMigrated) {
                    try SharedRunSchema.migrations.apply(to: connection)
                    state.withLock { $0.isMigrated = true }
                }
                return try body(connection)
            }
        }
        do {
            return try await task.value
        } catch {
            throw RunStoreError(error)
        }
    }

    /// Remembers that this process drives a run, so that it notices when it does no more; nil to forget it.
    func note(_ claim: String?, on run: String) { state.withLock { $0.claims[run] = claim } }
}

/// Words by which writers and workers are told apart.
enum RunToken {
    private static let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")

    static func make(_ length: Int = 16) -> String {
        String((0..<length).map { _ in letters[Int.random(in: 0..<letters.count)] })
    }
}
