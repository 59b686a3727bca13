import Storage
import TestSupport
import Testing

@Suite("An SQLite connection")
struct SQLiteConnectionTests {
    @Test(
        "gives every kind of value back as it was stored",
        arguments: [
            SQLiteValue.null, .integer(.max), .integer(-1), .real(0.1), .text(""), .text("naïve ☕️ \u{0}end"),
            .blob([]), .blob([0, 255, 10]),
        ]
    )
    func roundTrip(value: SQLiteValue) async throws {
        let connection = try SQLiteConnection(file: ":memory:")
        let stored = try connection.query("SELECT ?1, typeof(?1)", value) { row -> SQLiteValue in
            switch row.text(1) {
            case "integer": .integer(row.integer(0))
            case "real": .real(row.real(0))
            case "text": .text(row.text(0))
            case "blob": .blob(row.blob(0))
            default: .null
            }
        }
        #expect(stored == [value])
    }

    @Test("undoes a transaction whose body throws")
    func rollback() throws {
        struct Stop: Error {}
        let connection = try SQLiteConnection(file: ":memory:")
        try connection.execute("CREATE TABLE t (x)")
        #expect(throws: Stop.self) {
            try connection.transaction {
                try connection.run("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        #expect(try connection.query("SELECT count(*) FROM t") { $0.int(0) } == [0])
    }

    @Test("says that a file is no database, and names it")
    func notADatabase() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/text.sqlite"
            try write("this is only text, though long enough to have a header of one hundred bytes or more …", to: file)
            let error = #expect(throws: StorageError.self) {
                try SQLiteConnection(file: file).execute("SELECT * FROM t")
            }
            #expect(error?.kind == .corrupt)
            #expect(error?.file == file)
        }
    }

    @Test("reports a writer in another connection as busy")
    func busy() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/a.sqlite"
            let first = try SQLiteConnection(file: file)
            let second = try SQLiteConnection(file: file, patience: 0)
            try first.execute("BEGIN IMMEDIATE")
            let error = #expect(throws: StorageError.self) { try second.execute("BEGIN IMMEDIATE") }
            #expect(error?.kind == .busy)
        }
    }

    @Test("reports a database that has no more room as a full disk")
    func full() throws {
        let connection = try SQLiteConnection(file: ":memory:")
        try connection.execute("CREATE TABLE t (x); PRAGMA max_page_count = 3")
        let error = #expect(throws: StorageError.self) {
            try connection.run("INSERT INTO t VALUES (zeroblob(100000))")
        }
        #expect(error?.kind == .diskFull)
    }
}

@Suite("Schema migrations")
struct SchemaMigrationsTests {
    private let steps = ["CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES (1, 2)"]

    @Test("lead from every earlier version to the current one", arguments: 0...2)
    func everyVersion(version: Int) throws {
        let connection = try SQLiteConnection(file: ":memory:")
        try SchemaMigrations(Array(steps.prefix(version))).apply(to: connection)
        try SchemaMigrations(steps).apply(to: connection)
        #expect(try connection.query("SELECT y FROM a") { $0.int(0) } == [2])
    }

    @Test("refuse a database of a newer version")
    func newer() throws {
        let connection = try SQLiteConnection(file: ":memory:")
        try SchemaMigrations(steps).apply(to: connection)
        let error = #expect(throws: StorageError.self) {
            try SchemaMigrations(["CREATE TABLE a (x)"]).apply(to: connection)
        }
        #expect(error?.kind == .newerVersion)
    }

    @Test("leave nothing of a step that fails")
    func failingStep() throws {
        let connection = try SQLiteConnection(file: ":memory:")
        let broken = SchemaMigrations(["CREATE TABLE a (x)", "CREATE TABLE b (x); CREATE TABLE a (x)"])
        #expect(throws: StorageError.self) { try broken.apply(to: connection) }
        #expect(try connection.query("SELECT name FROM sqlite_master") { $0.text(0) } == ["a"])
    }
}
