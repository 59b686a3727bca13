import Glibc
import SkillCatalog
package import Storage

/// The one who may change a shared library: whoever holds its advisory lock, as long as the connection lives.
///
/// A writer that is killed loses its connection, and with it the lock and whatever was not committed. One that only lost
/// its connection and comes back finds out, by the revision it started from, whether another has been writing meanwhile.
actor PostgreSQLWriter {
    let name: String
    let address: PostgreSQLAddress
    let options: SharedWritingOptions
    /// The library's number.
    private(set) var library = 0
    private var held: PostgreSQLConnection?

    private nonisolated let executor = BlockingExecutor(label: "postgresql-writer")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// First half of the advisory lock's key, "SKWV"; the second is the library's number.
    private static let lockClass = 0x534B_5756

    init(of name: String, in address: PostgreSQLAddress, options: SharedWritingOptions) {
        self.name = name
        self.address = address
        self.options = options
    }

    /// The connection that holds the lock, taking it again where it was lost.
    func connection() throws -> PostgreSQLConnection {
        if let held, held.isConnected { return held }
        held = nil
        let made = try connect()
        library = try libraryNumber(made)
        try elect(made)
        held = made
        return made
    }

    /// Gives the lock back.
    func close() { held = nil }

    private func connect() throws -> PostgreSQLConnection {
        var host = [CChar](repeating: 0, count: 256)
        gethostname(&host, host.count - 1)
        let machine = String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let made = try PostgreSQLConnection(
            to: address,
            named: "skillweaver index \(getpid()) on \(machine)",
            patience: options.patience
        )
        try checkServer(made)
        try PostgreSQLSchema.migrations.apply(to: made)
        return made
    }

    private func checkServer(_ connection: PostgreSQLConnection) throws {
        let facts = try connection.query(
            """
            SELECT pg_is_in_recovery(), EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'vector')
            """
        ) { ($0.bool(0), $0.bool(1)) }.first
        guard facts?.0 != true else {
            throw StorageError(
                .readOnly,
                file: "\(address)",
                "is a standby and cannot be written; name the primary, or all hosts with ?target_session_attrs=read-write"
            )
        }
        guard facts?.1 == true else {
            throw StorageError(
                .other,
                file: "\(address)",
                "the server lacks pgvector; install it (CREATE EXTENSION vector)"
            )
        }
    }

    private func libraryNumber(_ connection: PostgreSQLConnection) throws -> Int {
        try connection.run("INSERT INTO skillweaver_libraries (name) VALUES ($1) ON CONFLICT DO NOTHING", .text(name))
        return try connection.query("SELECT number FROM skillweaver_libraries WHERE name = $1", .text(name)) {
            $0.int(0)
        }.first ?? 0
    }

    private func elect(_ connection: PostgreSQLConnection) throws {
        let key = "\(Self.lockClass), \(library)"
        if try connection.query("SELECT pg_try_advisory_lock(\(key))", row: { $0.bool(0) }).first == true { return }
        do {
            try waitForLock(key, connection)
        } catch let error as StorageError where error.kind == .busy {
            let holder = try connection.query(
                """
                SELECT a.application_name, a.pid, coalesce(host(a.client_addr), 'a local socket')
                FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                WHERE l.locktype = 'advisory' AND l.classid = \(Self.lockClass) AND l.objid = \(library) AND l.objsubid = 2
                    AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            ) { "'\($0.text(0))' (server process \($0.int(1)), from \($0.text(2)))" }.first
            throw LibraryError(
                .busy,
                "the library '\(name)' in \(address) is being changed by \(holder ?? "another writer"); try again later"
            )
        }
    }

    private func waitForLock(_ key: String, _ connection: PostgreSQLConnection) throws {
        let limit = max(1, Int(options.waiting / .milliseconds(1)))
        try connection.execute("SET lock_timeout = \(limit)")
        defer { try? connection.execute("RESET lock_timeout") }
        try connection.execute("SELECT pg_advisory_lock(\(key))")
    }

    func revision(_ connection: PostgreSQLConnection) throws -> String {
        try connection.query(
            "SELECT revision FROM skillweaver_libraries WHERE number = $1",
            PostgreSQLValue(library)
        ) { $0.text(0) }.first ?? ""
    }

    /// Brings the working copy on this machine to the state in the database.
    ///
    /// - Returns: the revision that the copy is of.
    func prepare(_ location: LibraryLocation) async throws -> String {
        try await retrying {
            let connection = try connection()
            let revision = try revision(connection)
            try WorkingCopy(location: location, revision: revision).prepare(from: connection, library: name)
            return revision
        }
    }

    /// Does something again, from its beginning, where the connection was lost on the way.
    func retrying<Value>(_ body: () throws -> Value) async throws -> Value {
        var random = SystemRandomNumberGenerator()
        var attempt = 1
        while true {
            do {
                return try body()
            } catch let error as StorageError where error.kind == .unreachable {
                let delay = options.reconnects.delay(
                    afterAttempt: attempt,
                    wasConnected: library > 0,
                    using: &random
                )
                guard let delay else { throw error.afterAttempts(attempt) }
                try await Task.sleep(for: delay)
                attempt += 1
            }
        }
    }
}

/// How a shared library is written.
package struct SharedWritingOptions: Sendable {
    /// How long to wait for another writer.
    package var waiting = Duration.seconds(5)
    /// How long a generation stays readable after the next one was published, at least.
    package var retention = Duration.seconds(600)
    package var patience = PostgreSQLConnection.Patience()
    package var reconnects = ReconnectPolicy()

    package init() {
        // Building an index over a large library takes minutes.
        patience.statement = 3_600
    }
}
