import CSQLite

/// One prepared statement, finalised with its owner.
final class SQLiteStatement {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { sqlite3_finalize(pointer) }

    func step() -> Int32 { sqlite3_step(pointer) }

    func reset() {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    func bind(_ value: SQLiteValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(pointer, index)
        case .integer(let number): return sqlite3_bind_int64(pointer, index, number)
        case .real(let number): return sqlite3_bind_double(pointer, index, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                // A null pointer would bind NULL; an empty text is not NULL.
                guard let start = bytes.baseAddress else { return sqlite3_bind_text(pointer, index, "", 0, nil) }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text(pointer, index, $0, Int32(clamping: bytes.count), skw_sqlite_transient())
                }
            }
        case .blob(let bytes):
            if bytes.isEmpty { return sqlite3_bind_zeroblob(pointer, index, 0) }
            return sqlite3_bind_blob64(pointer, index, bytes, UInt64(bytes.count), skw_sqlite_transient())
        }
    }

    fileprivate func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }
    fileprivate func real(_ column: Int32) -> Double { sqlite3_column_double(pointer, column) }
    fileprivate func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }

    fileprivate func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        // The pointer must be asked for before the length.
        let start = sqlite3_column_blob(pointer, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
    }
}

/// The current row of a running query; valid only while the closure that received it runs.
package struct SQLiteRow {
    let statement: SQLiteStatement

    package func integer(_ column: Int32) -> Int64 { statement.integer(column) }
    package func int(_ column: Int32) -> Int { Int(statement.integer(column)) }
    package func real(_ column: Int32) -> Double { statement.real(column) }
    package func isNull(_ column: Int32) -> Bool { statement.isNull(column) }
    package func text(_ column: Int32) -> String { String(decoding: statement.bytes(column), as: UTF8.self) }
    package func blob(_ column: Int32) -> [UInt8] { Array(statement.bytes(column)) }

    /// The bytes of a blob without a copy.
    package func withBlob<Value>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        body(statement.bytes(column))
    }
}
