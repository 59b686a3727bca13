import Glibc
import JSONSchema
import PlanComposition
import Storage

/// Keeps runs in one SQLite file: for the processes of one machine.
///
/// Write-ahead log with `synchronous = FULL`: what was appended survives a power cut. One transaction, and one flush of the
/// disk, for each call of `append`, however many transitions it takes.
package actor SQLiteRunStore: RunStore {
    private let connection: SQLiteConnection
    private let file: String
    private let executor = BlockingExecutor(label: "run-journal")
    /// Row numbers of runs, by id.
    private var rows: [String: Int64] = [:]

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter file: created where it is missing, with its folder.
    /// - Throws: `RunStoreError`; a journal of a newer version is refused and left as it is.
    package init(file: String) throws(RunStoreError) {
        self.file = file
        do {
            try FileSystem.createFolder(FileSystem.parent(of: file))
            connection = try SQLiteConnection(file: file)
            try connection.execute("PRAGMA synchronous = FULL")
            try RunStoreSchema.migrations.apply(to: connection)
        } catch {
            throw RunStoreError(error)
        }
    }

    package func create(_ definition: RunDefinition) throws(RunStoreError) {
        try storing { [connection] in
            try connection.transaction {
                let known = try connection.query("SELECT 1 FROM runs WHERE id = ?", .text(definition.id)) { $0.int(0) }
                guard known.isEmpty else {
                    throw RunStoreError(.exists, "there is a run \(definition.id) already")
                }
                try connection.run(
                    """
                    INSERT INTO runs (id, format, created, updated, phase, request, steps, definition)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    .text(definition.id),
                    SQLiteValue(RunDefinition.format),
                    .integer(definition.createdAt.milliseconds),
                    .integer(definition.createdAt.milliseconds),
                    .text(RunPhase.running.rawValue),
                    .text(String(definition.plan.request.prefix(500))),
                    SQLiteValue(definition.plan.steps.count),
                    .text(definition.json.serialized())
                )
            }
        }
    }

    package func append(
        _ transitions: [RunTransition],
        to run: String,
        after expected: Int,
        at time: RunTime,
        phase: RunPhase?
    ) throws(RunStoreError) {
        let row = try row(of: run)
        try storing { [connection] in
            try connection.transaction {
                let last = try connection.query(
                    "SELECT max(sequence) FROM transitions WHERE run = ?",
                    .integer(row)
                ) { $0.int(0) }.first
                guard last == expected else { throw RunStoreError.conflict(run) }
                for (index, transition) in transitions.enumerated() {
                    try connection.run(
                        "INSERT INTO transitions (run, sequence, at, body) VALUES (?, ?, ?, ?)",
                        .integer(row),
                        SQLiteValue(expected + index + 1),
                        .integer(time.milliseconds),
                        .text(transition.json.serialized())
                    )
                }
                if let phase {
                    try connection.run(
                        "UPDATE runs SET phase = ?, updated = ? WHERE key = ?",
                        .text(phase.rawValue),
                        .integer(time.milliseconds),
                        .integer(row)
                    )
                }
            }
        }
    }

    package func definition(of run: String) throws(RunStoreError) -> RunDefinition {
        let found = try storing { [connection] in
            try connection.query("SELECT format, definition FROM runs WHERE id = ?", .text(run)) {
                (format: $0.int(0), text: $0.text(1))
            }.first
        }
        guard let found else { throw .notFound(run) }
        return try RunDefinition(stored: found.text, format: found.format, run: run)
    }

    package func entries(
        of run: String,
        after sequence: Int,
        limit: Int
    ) throws(RunStoreError) -> [JournalEntry] {
        let row = try row(of: run)
        let found = try storing { [connection] in
            try connection.query(
                "SELECT sequence, at, body FROM transitions WHERE run = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                .integer(row),
                SQLiteValue(sequence),
                SQLiteValue(limit)
            ) { (sequence: $0.int(0), at: $0.integer(1), body: $0.text(2)) }
        }
        var entries: [JournalEntry] = []
        for entry in found {
            entries.append(try JournalEntry(stored: entry.body, sequence: entry.sequence, at: entry.at, run: run))
        }
        return entries
    }

    package func list(_ query: RunQuery) throws(RunStoreError) -> [RunSummary] {
        let phases = (query.phases ?? Set(RunPhase.allCases)).map(\.rawValue)
        let list = JSONValue(phases.sorted()).serialized()
        let start = try query.after.map { (run) throws(RunStoreError) in try row(of: run) } ?? Int64.max
        return try storing { [connection] in
            try connection.query(
                """
                SELECT r.id, r.created, r.phase, r.request, r.steps,
                       coalesce((SELECT at FROM transitions WHERE run = r.key ORDER BY sequence DESC LIMIT 1), r.updated)
                FROM runs r
                WHERE r.key < ? AND r.created < ? AND r.phase IN (SELECT value FROM json_each(?))
                ORDER BY r.key DESC LIMIT ?
                """,
                .integer(start),
                .integer(query.createdBefore?.milliseconds ?? Int64.max),
                .text(list),
                SQLiteValue(query.limit)
            ) { row in
                RunSummary(
                    id: row.text(0),
                    createdAt: RunTime(milliseconds: row.integer(1)),
                    updatedAt: RunTime(milliseconds: row.integer(5)),
                    phase: RunPhase(rawValue: row.text(2)) ?? .running,
                    request: row.text(3),
                    steps: row.int(4)
                )
            }
        }
    }

    package func delete(_ run: String) throws(RunStoreError) {
        let row = try row(of: run)
        rows[run] = nil
        try storing { [connection] in
            try connection.transaction {
                try connection.run("DELETE FROM transitions WHERE run = ?", .integer(row))
                try connection.run("DELETE FROM runs WHERE key = ?", .integer(row))
            }
        }
    }

    package func claim(_ run: String, as owner: String) throws(RunStoreError) -> any RunClaim {
        _ = try row(of: run)
        return try RunLock.acquire(run, in: "\(file).locks", owner: owner)
    }

    private func row(of run: String) throws(RunStoreError) -> Int64 {
        if let row = rows[run] { return row }
        let found = try storing { [connection] in
            try connection.query("SELECT key FROM runs WHERE id = ?", .text(run)) { $0.integer(0) }
        }
        guard let row = found.first else { throw .notFound(run) }
        // Only a convenience: it may forget.
        if rows.count > 1_000 { rows = [:] }
        rows[run] = row
        return row
    }

    private func storing<Value>(_ body: () throws -> Value) throws(RunStoreError) -> Value {
        do {
            return try body()
        } catch {
            throw RunStoreError(error)
        }
    }
}

extension RunStoreError {
    /// What a failure of the database means for runs.
    init(_ error: any Error) {
        switch error {
        case let error as RunStoreError: self = error
        case let error as StorageError where error.kind == .diskFull:
            self.init(
                .diskFull,
                "the journal of runs cannot grow: \(error.description); what was written before is safe"
            )
        case let error as StorageError where error.kind == .newerVersion:
            self.init(.newerVersion, error.description)
        case let error as StorageError where error.kind == .corrupt: self.init(.damaged, error.description)
        case let error as StorageError: self.init(.unavailable, error.description)
        default: self.init(.unavailable, "\(error)")
        }
    }
}
