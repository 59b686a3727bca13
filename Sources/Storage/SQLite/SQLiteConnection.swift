import CSQLite

/// One connection to an SQLite file in write-ahead mode; used from one actor at a time.
package final class SQLiteConnection {
    package let file: String
    private var handle: OpaquePointer?
    private var statements: [String: SQLiteStatement] = [:]

    package enum Access: Sendable {
        /// Creates the file when it is missing.
        case readWrite
        case readOnly
    }

    /// Opens a database file.
    ///
    /// - Parameters:
    ///   - file: path of the file, or `:memory:`.
    ///   - patience: how long a statement waits for another process's lock, in milliseconds.
    package init(file: String, access: Access = .readWrite, patience: Int32 = 5_000) throws(StorageError) {
        self.file = file
        let mode = access == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let code = sqlite3_open_v2(file, &handle, mode | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK else {
            let error = failure(code)
            sqlite3_close_v2(handle)
            handle = nil
            throw error
        }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, patience)
        if access == .readWrite {
            try execute("PRAGMA journal_mode = WAL")
            try execute("PRAGMA synchronous = NORMAL")
        }
        try execute("PRAGMA foreign_keys = ON")
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs statements without parameters or results.
    package func execute(_ sql: String) throws(StorageError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// Runs one statement for its effect and returns how many rows it changed.
    @discardableResult
    package func run(_ sql: String, _ parameters: SQLiteValue...) throws(StorageError) -> Int {
        try rows(sql, parameters) { _ in }
        return Int(sqlite3_changes(handle))
    }

    /// Runs one statement and maps every row.
    package func query<Value>(
        _ sql: String,
        _ parameters: SQLiteValue...,
        row: (SQLiteRow) -> Value
    ) throws(StorageError) -> [Value] {
        var values: [Value] = []
        try rows(sql, parameters) { values.append(row($0)) }
        return values
    }

    /// Runs `body` in one transaction: all of it takes effect, or nothing does.
    ///
    /// The transaction takes the write lock at once, so that it cannot fail half-way for want of it.
    package func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try execute("BEGIN IMMEDIATE")
        do {
            let value = try body()
            try execute("COMMIT")
            return value
        } catch {
            // A full disk may already have rolled it back; the first error is the one that matters.
            try? execute("ROLLBACK")
            throw error
        }
    }

    private func rows(_ sql: String, _ parameters: [SQLiteValue], _ visit: (SQLiteRow) -> Void) throws(StorageError) {
        let statement = try prepared(sql)
        defer { statement.reset() }
        for (index, parameter) in parameters.enumerated() {
            let code = statement.bind(parameter, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw failure(code) }
        }
        while true {
            switch statement.step() {
            case SQLITE_ROW: visit(SQLiteRow(statement: statement))
            case SQLITE_DONE: return
            case let code: throw failure(code)
            }
        }
    }

    private func prepared(_ sql: String) throws(StorageError) -> SQLiteStatement {
        if let statement = statements[sql] { return statement }
        var pointer: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
        guard code == SQLITE_OK, let pointer else { throw failure(code) }
        let statement = SQLiteStatement(pointer)
        statements[sql] = statement
        return statement
    }

    private func failure(_ code: Int32) -> StorageError {
        let detail = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED:
            return StorageError(
                .busy,
                file: file,
                "another process is writing to this database; try again when it is done"
            )
        case SQLITE_FULL:
            return StorageError(.diskFull, file: file, "the disk is full; free some space and try again")
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
            return StorageError(.readOnly, file: file, "cannot be written (\(detail)); check its permissions")
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            return StorageError(.corrupt, file: file, "is damaged or not a database (\(detail))")
        case SQLITE_CANTOPEN:
            return StorageError(.cannotOpen, file: file, "cannot be opened (\(detail))")
        case SQLITE_IOERR where code == skw_sqlite_ioerr_write || code == skw_sqlite_ioerr_fsync:
            return StorageError(.diskFull, file: file, "cannot be written to the disk (\(detail))")
        default:
            return StorageError(.other, file: file, "\(detail) (SQLite code \(code))")
        }
    }
}
