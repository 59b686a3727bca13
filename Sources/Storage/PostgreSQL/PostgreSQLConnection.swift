import CPostgreSQL

/// One connection to a PostgreSQL database; used from one actor at a time, on a thread that may block.
package final class PostgreSQLConnection {
    package let address: PostgreSQLAddress
    private let handle: OpaquePointer
    /// Set when an error did not come from the server: libpq itself may not have noticed yet that it is gone.
    private var isLost = false

    /// How long things may take, in seconds.
    package struct Patience: Sendable, Hashable {
        /// To be connected.
        package var connecting = 5
        /// For one statement; the server ends it after that.
        package var statement = 60
        /// For another session's lock.
        package var lock = 30

        package init() {}
    }

    /// Connects.
    ///
    /// - Parameter name: what the server calls the connection in its lists.
    /// - Throws: `StorageError` of kind `unreachable` when no server answers, `cannotOpen` when it refuses.
    package init(
        to address: PostgreSQLAddress,
        named name: String = "skillweaver",
        patience: Patience = Patience()
    ) throws(StorageError) {
        self.address = address
        let options = "-c statement_timeout=\(patience.statement)s -c lock_timeout=\(patience.lock)s"
        // The last of several values counts: what the address says goes before our defaults.
        let settings: [(String, String)] = [
            ("connect_timeout", "\(patience.connecting)"), ("options", options), ("application_name", name),
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("dbname", address.withSecrets), ("client_encoding", "UTF8"),
        ]
        guard let connected = Self.connect(settings) else {
            throw StorageError(.other, file: address.description, "no memory for a connection")
        }
        handle = connected
        guard PQstatus(handle) == CONNECTION_OK else {
            // Whether it was refused or not there decides what to do next; only the words tell.
            let detail = Self.message(of: handle, about: address)
            let isRefusal = ["FATAL:", "authentication", "no password"].contains { detail.contains($0) }
            let isStarting = ["starting up", "shutting down", "too many", "in recovery", "accepting connections"]
                .contains {
                    detail.contains($0)
                }
            throw StorageError(
                isRefusal && !isStarting ? .cannotOpen : .unreachable,
                file: address.description,
                "cannot be connected to (\(detail)); check that the server runs and that the address is right"
            )
        }
        // What the server has to say beside results is of no use here.
        PQsetNoticeProcessor(handle, ignoreNotice, nil)
    }

    deinit { PQfinish(handle) }

    /// Whether the connection still stands, as far as is known; a lost one must be replaced.
    package var isConnected: Bool { !isLost && PQstatus(handle) == CONNECTION_OK }

    /// Whether a transaction is open.
    package var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Runs statements without parameters or results; several may be separated by semicolons.
    package func execute(_ sql: String) throws(StorageError) {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        try check(result)
    }

    /// Runs one statement for its effect and returns how many rows it changed.
    @discardableResult
    package func run(_ sql: String, _ parameters: PostgreSQLValue...) throws(StorageError) -> Int {
        let result = try perform(sql, parameters)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// Runs one statement and maps every row.
    package func query<Value>(
        _ sql: String,
        _ parameters: PostgreSQLValue...,
        row: (PostgreSQLRow) -> Value
    ) throws(StorageError) -> [Value] {
        try query(sql, parameters: parameters, row: row)
    }

    /// Runs one statement and maps every row.
    package func query<Value>(
        _ sql: String,
        parameters: [PostgreSQLValue],
        row: (PostgreSQLRow) -> Value
    ) throws(StorageError) -> [Value] {
        let result = try perform(sql, parameters)
        defer { PQclear(result) }
        return (0..<PQntuples(result)).map { row(PostgreSQLRow(result: result, row: $0)) }
    }

    /// Runs `body` in one transaction: all of it takes effect, or nothing does.
    package func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try execute("BEGIN")
        do {
            let value = try body()
            try execute("COMMIT")
            return value
        } catch {
            // A lost connection has already rolled it back; the first error is the one that matters.
            try? execute("ROLLBACK")
            throw error
        }
    }

    private func perform(_ sql: String, _ values: [PostgreSQLValue]) throws(StorageError) -> OpaquePointer {
        let parameters = values.map(\.parameter)
        let types = parameters.map(\.type)
        let lengths = parameters.map { Int32(clamping: $0.bytes?.count ?? 0) }
        let formats: [Int32] = parameters.map { $0.isBinary ? 1 : 0 }
        // One buffer holds all values, so that their addresses stay valid during the call.
        let storage: [UInt8] = parameters.flatMap { parameter -> [UInt8] in (parameter.bytes ?? []) + [0] }
        let result = storage.withUnsafeBufferPointer { buffer in
            var offset = 0
            let addresses: [UnsafePointer<CChar>?] = parameters.map { parameter in
                guard let bytes = parameter.bytes, let base = buffer.baseAddress else {
                    offset += 1
                    return nil
                }
                defer { offset += bytes.count + 1 }
                return UnsafeRawPointer(base + offset).assumingMemoryBound(to: CChar.self)
            }
            return PQexecParams(handle, sql, Int32(parameters.count), types, addresses, lengths, formats, 1)
        }
        do throws(StorageError) {
            try check(result)
        } catch {
            PQclear(result)
            throw error
        }
        guard let result else { throw StorageError(.other, file: address.description, "no memory for a result") }
        return result
    }

    private func check(_ result: OpaquePointer?) throws(StorageError) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default:
            // 68: the code of a result's SQLSTATE field, PG_DIAG_SQLSTATE ('C').
            let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
            throw failure(state)
        }
    }

    private func failure(_ state: String) -> StorageError {
        let place = address.description
        let detail = Self.message(of: handle, about: address)
        if state.isEmpty { isLost = true }
        guard isConnected else {
            return StorageError(.unreachable, file: place, "the connection was lost (\(detail)); it can be tried again")
        }
        switch state {
        case "40001", "40P01", "55P03":
            return StorageError(.busy, file: place, "another session is in the way (\(detail)); try again")
        case "57014": return StorageError(.busy, file: place, "took too long and was ended (\(detail))")
        case "57P01", "57P02", "57P03":
            return StorageError(
                .unreachable,
                file: place,
                "the server is going down (\(detail)); it can be tried again"
            )
        case "53100": return StorageError(.diskFull, file: place, "the server's disk is full (\(detail))")
        case "25006", "42501": return StorageError(.readOnly, file: place, "cannot be written (\(detail))")
        case "XX001", "XX002": return StorageError(.corrupt, file: place, "is damaged (\(detail))")
        case "42P01": return StorageError(.missingTable, file: place, detail)
        default: return StorageError(.other, file: place, "\(detail) (SQLSTATE \(state))")
        }
    }

    private static func connect(_ settings: [(String, String)]) -> OpaquePointer? {
        let texts = settings.map { (Array($0.0.utf8CString), Array($0.1.utf8CString)) }
        return withPointers(texts.map(\.0)) { names in
            withPointers(texts.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
    }

    /// Hands out addresses of texts, ended by a null pointer.
    private static func withPointers<Value>(
        _ texts: [[CChar]],
        _ body: ([UnsafePointer<CChar>?]) -> Value
    ) -> Value {
        let storage = texts.flatMap { $0 }
        return storage.withUnsafeBufferPointer { buffer in
            var offset = 0
            var pointers: [UnsafePointer<CChar>?] = texts.map { text in
                defer { offset += text.count }
                return buffer.baseAddress.map { $0 + offset }
            }
            pointers.append(nil)
            return body(pointers)
        }
    }

    /// The server's words on one line, without the password should they repeat the address.
    private static func message(of handle: OpaquePointer, about address: PostgreSQLAddress) -> String {
        address.redacting(
            String(cString: PQerrorMessage(handle)).split(whereSeparator: \.isNewline).joined(separator: "; ")
        )
    }
}

/// Takes notices and does nothing with them; at file scope, because C calls it.
private func ignoreNotice(_: UnsafeMutableRawPointer?, _: UnsafePointer<CChar>?) {}
