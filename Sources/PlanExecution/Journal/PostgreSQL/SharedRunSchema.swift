import Storage

/// The tables of the journal in PostgreSQL.
///
/// `skillweaver_run_tasks` says what there is to do and who does it. It follows from the journal and is written in the same
/// transactions. A row is a task of a run, or, with an empty step, the run as a whole:
///
/// - *ready*: anybody may take it from `due` on; for the run as a whole, somebody has to decide what comes next.
/// - *claimed*: `worker` makes attempt `attempt`, or drives the whole run alone, as long as `due` is in the future.
enum SharedRunSchema {
    static let migrations = PostgreSQLMigrations(
        part: "runs",
        [
            """
            CREATE TABLE skillweaver_runs (
                number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                id text NOT NULL UNIQUE,
                token text NOT NULL,
                format integer NOT NULL,
                created bigint NOT NULL,
                updated bigint NOT NULL,
                phase text NOT NULL,
                last integer NOT NULL DEFAULT 0,
                cancelling boolean NOT NULL DEFAULT false,
                request text NOT NULL,
                steps integer NOT NULL,
                definition text NOT NULL
            );
            CREATE INDEX skillweaver_runs_by_phase ON skillweaver_runs (phase, number);
            CREATE TABLE skillweaver_transitions (
                run bigint NOT NULL REFERENCES skillweaver_runs (number) ON DELETE CASCADE,
                sequence integer NOT NULL,
                at bigint NOT NULL,
                token text NOT NULL,
                body text NOT NULL,
                PRIMARY KEY (run, sequence)
            );
            CREATE TABLE skillweaver_run_tasks (
                run bigint NOT NULL REFERENCES skillweaver_runs (number) ON DELETE CASCADE,
                step text NOT NULL,
                element integer NOT NULL,
                state text NOT NULL CHECK (state IN ('ready', 'claimed')),
                due timestamptz NOT NULL,
                skill text NOT NULL DEFAULT '',
                worker text NOT NULL DEFAULT '',
                attempt integer NOT NULL DEFAULT 0,
                PRIMARY KEY (run, step, element)
            );
            CREATE INDEX skillweaver_run_tasks_by_due ON skillweaver_run_tasks (due);
            CREATE INDEX skillweaver_run_tasks_by_worker ON skillweaver_run_tasks (worker) WHERE state = 'claimed';
            """
        ]
    )
}
