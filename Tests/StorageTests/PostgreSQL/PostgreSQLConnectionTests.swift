import Storage
import TestSupport
import Testing

@Suite("A PostgreSQL connection", .postgreSQL, .enabled(if: PostgreSQLServer.isInstalled, PostgreSQLServer.absence))
struct PostgreSQLConnectionTests {
    private func connection() throws -> PostgreSQLConnection {
        let server = try #require(PostgreSQLServer.current)
        return try PostgreSQLConnection(to: server.database())
    }

    @Test("Values come back as they went in")
    func values() throws {
        let connection = try connection()
        let rows = try connection.query(
            "SELECT $1::bigint, $2::float8, $3::bool, $4::text, $5::bytea, $6::bigint IS NULL, $7::int, $8::real",
            .integer(.min),
            .real(-0.1),
            .bool(true),
            "näive ✓ \u{1F600}",
            .bytes([0, 255, 0]),
            .null,
            7,
            .real(0.5)
        ) { row in
            let first: [Double] = [Double(row.integer(0)), row.real(1), Double(row.integer(6)), row.real(7)]
            return (first, row.bool(2), row.text(3), row.bytes(4), row.bool(5))
        }
        let row = try #require(rows.first)
        #expect(row.0 == [Double(Int64.min), -0.1, 7, 0.5])
        #expect(row.1 && row.4)
        #expect(row.2 == "näive ✓ \u{1F600}")
        #expect(row.3 == [0, 255, 0])
    }

    @Test("Lists and vectors are parameters too")
    func lists() throws {
        let connection = try connection()
        try connection.execute("CREATE EXTENSION vector")
        let members = try connection.query(
            "SELECT n FROM unnest($1::bigint[]) AS n WHERE n::text = ANY($2::text[]) ORDER BY n",
            .integers([3, -1, 2]),
            .texts(["2", "-1", ""])
        ) { $0.integer(0) }
        #expect(members == [-1, 2])
        let vector = try connection.query("SELECT $1::vector", .vector([0.25, -1, 3e-9])) { $0.vector(0) }
        #expect(vector == [[0.25, -1, 3e-9]])
        #expect(try connection.query("SELECT cardinality($1::text[])", .texts([])) { $0.int(0) } == [0])
    }

    @Test("A transaction takes effect whole or not at all")
    func transactions() throws {
        struct Stop: Error {}
        let connection = try connection()
        try connection.execute("CREATE TABLE t (n int)")
        _ = try connection.transaction { try connection.run("INSERT INTO t VALUES (1)") }
        #expect(throws: Stop.self) {
            try connection.transaction {
                try connection.run("INSERT INTO t VALUES (2)")
                throw Stop()
            }
        }
        #expect(try connection.query("SELECT n FROM t") { $0.int(0) } == [1])
        #expect(!connection.isInTransaction)
    }

    @Test(
        "An error is of the kind that says what to do",
        arguments: [
            ("SELECT nonsense", StorageError.Kind.other), ("SELECT pg_sleep(10)", .busy),
            ("SELECT pg_terminate_backend(pg_backend_pid())", .unreachable),
            ("SET transaction_read_only = on; CREATE TABLE t ()", .readOnly),
        ]
    )
    func errors(statement: String, kind: StorageError.Kind) throws {
        let connection = try connection()
        try connection.execute("SET statement_timeout = '50ms'")
        let error = #expect(throws: StorageError.self) { try connection.execute(statement) }
        #expect(error?.kind == kind)
        #expect(connection.isConnected == (kind != .unreachable))
    }

    @Test("A database that is not there and a server that is not there are told apart, without the password")
    func refusals() throws {
        let server = try #require(PostgreSQLServer.current)
        let known = PostgreSQLServer.text(of: try server.database(named: "known"))
        let missing = try PostgreSQLAddress(known.replacing("/known?", with: "/missing?"))
        let refused = #expect(throws: StorageError.self) { try PostgreSQLConnection(to: missing) }
        #expect(refused?.kind == .cannotOpen)
        let nobody = try PostgreSQLAddress("postgres://someone:hush@127.0.0.1:1/skills?x=y")
        #expect("\(nobody)" == "postgres://127.0.0.1:1/skills")
    }

    @Test("An address without a server is unreachable, and its password is not shown")
    func unreachable() throws {
        let nobody = try PostgreSQLAddress("postgres://someone:hush@127.0.0.1:1/skills")
        let error = #expect(throws: StorageError.self) { try PostgreSQLConnection(to: nobody) }
        #expect(error?.kind == .unreachable)
        #expect(error?.description.contains("hush") == false)
        #expect(throws: StorageError.self) { try PostgreSQLAddress("mysql://host/db") }
    }

    @Test("Migrations are applied once, by one of many, and never backwards")
    func migrations() async throws {
        let server = try #require(PostgreSQLServer.current)
        let address = try server.database()
        let first = PostgreSQLMigrations(part: "catalog", ["CREATE TABLE a (n int); INSERT INTO a VALUES (1)"])
        let both = PostgreSQLMigrations(part: "catalog", first.steps + ["INSERT INTO a VALUES (2)"])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try first.apply(to: PostgreSQLConnection(to: address)) } }
            try await group.waitForAll()
        }
        let connection = try PostgreSQLConnection(to: address)
        try both.apply(to: connection)
        try both.apply(to: connection)
        #expect(try connection.query("SELECT n FROM a ORDER BY n") { $0.int(0) } == [1, 2])
        let error = #expect(throws: StorageError.self) { try first.apply(to: connection) }
        #expect(error?.kind == .newerVersion)
    }
}
