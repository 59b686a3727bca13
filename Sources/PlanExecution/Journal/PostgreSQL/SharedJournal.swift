import JSONSchema
import PlanComposition
import Storage

/// Reads and writes the rows of runs on one connection; what belongs together is called in one transaction.
struct SharedJournal {
    let connection: PostgreSQLConnection

    /// What of a run is needed to write to it.
    struct Row: Sendable {
        var number: Int64
        /// Sequence of its last transition.
        var last: Int
    }

    /// The run's row, which nobody else writes to until the transaction ends; nil where there is none.
    func lock(_ run: String) throws -> Row? {
        try connection.query(
            "SELECT number, last FROM skillweaver_runs WHERE id = $1 FOR UPDATE",
            .clean(run)
        ) { Row(number: $0.integer(0), last: $0.int(1)) }.first
    }

    func number(of run: String) throws -> Int64? {
        try connection.query("SELECT number FROM skillweaver_runs WHERE id = $1", .clean(run)) { $0.integer(0) }.first
    }

    func definition(of run: String) throws -> RunDefinition {
        let found = try connection.query(
            "SELECT format, definition FROM skillweaver_runs WHERE id = $1",
            .clean(run)
        ) { (format: $0.int(0), text: $0.text(1)) }.first
        guard let found else { throw RunStoreError.notFound(run) }
        return try RunDefinition(stored: found.text, format: found.format, run: run)
    }

    func entries(of number: Int64, run: String, after sequence: Int, limit: Int) throws -> [JournalEntry] {
        let found = try connection.query(
            """
            SELECT sequence, at, body FROM skillweaver_transitions WHERE run = $1 AND sequence > $2
            ORDER BY sequence LIMIT $3
            """,
            .integer(number),
            PostgreSQLValue(sequence),
            PostgreSQLValue(limit)
        ) { (sequence: $0.int(0), at: $0.integer(1), body: $0.text(2)) }
        return try found.map { try JournalEntry(stored: $0.body, sequence: $0.sequence, at: $0.at, run: run) }
    }

    /// The state of a run by its journal, going on from what is known of it.
    func state(of run: String, _ row: Row, known: RunState?) throws -> RunState {
        var state = try known ?? RunState(definition(of: run))
        while true {
            let entries = try entries(of: row.number, run: run, after: state.sequence, limit: 1_000)
            for entry in entries { try state.apply(entry) }
            if entries.count < 1_000 { return state }
        }
    }

    /// Whether whoever has that token wrote the entry: then a commit took effect whose answer was lost.
    func wrote(_ token: String, run: Int64, sequence: Int) throws -> Bool {
        try connection.query(
            "SELECT token = $3 FROM skillweaver_transitions WHERE run = $1 AND sequence = $2",
            .integer(run),
            PostgreSQLValue(sequence),
            .text(token)
        ) { $0.bool(0) }.first ?? false
    }

    /// - Parameter token: by which the writer recognises what it wrote.
    func insert(
        _ transitions: [RunTransition],
        into row: Row,
        at time: RunTime,
        phase: RunPhase?,
        token: String
    ) throws {
        let bodies = transitions.map { Optional($0.json.serialized()) }
        if !bodies.isEmpty {
            try connection.run(
                """
                INSERT INTO skillweaver_transitions (run, sequence, at, token, body)
                SELECT $1, $2::bigint + entry.place, $3, $4, entry.body
                FROM unnest($5::text[]) WITH ORDINALITY AS entry(body, place)
                """,
                .integer(row.number),
                PostgreSQLValue(row.last),
                .integer(time.milliseconds),
                .text(token),
                .texts(bodies)
            )
        }
        try connection.run(
            """
            UPDATE skillweaver_runs SET last = $2, updated = $3, phase = coalesce($4, phase),
                cancelling = cancelling OR $5
            WHERE number = $1
            """,
            .integer(row.number),
            PostgreSQLValue(row.last + transitions.count),
            .integer(time.milliseconds),
            PostgreSQLValue(phase?.rawValue),
            .bool(transitions.contains { if case .cancelRequested = $0 { true } else { false } })
        )
    }
}

extension PostgreSQLValue {
    /// A text of somebody else: PostgreSQL's have no zero bytes.
    static func clean(_ text: String) -> PostgreSQLValue { .text(cleaned(text)) }

    static func cleaned(_ text: String) -> String {
        text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
    }
}
