import CPostgreSQL

/// One row of a result, read in PostgreSQL's binary form; valid only while the closure that received it runs.
package struct PostgreSQLRow {
    let result: OpaquePointer
    let row: Int32

    package func isNull(_ column: Int32) -> Bool { PQgetisnull(result, row, column) == 1 }

    /// A whole number of 2, 4 or 8 bytes; zero for NULL.
    package func integer(_ column: Int32) -> Int64 {
        let bytes = raw(column)
        return switch bytes.count {
        case 2: Int64(Int16(bigEndian: bytes))
        case 4: Int64(Int32(bigEndian: bytes))
        default: Int64(bigEndian: bytes)
        }
    }

    package func int(_ column: Int32) -> Int { Int(integer(column)) }

    package func real(_ column: Int32) -> Double {
        let bytes = raw(column)
        return bytes.count == 4
            ? Double(Float(bitPattern: UInt32(bigEndian: bytes))) : Double(bitPattern: UInt64(bigEndian: bytes))
    }

    package func bool(_ column: Int32) -> Bool { raw(column).first == 1 }

    package func text(_ column: Int32) -> String { String(decoding: raw(column), as: UTF8.self) }

    package func bytes(_ column: Int32) -> [UInt8] { Array(raw(column)) }

    /// The bytes of a value without a copy.
    package func withBytes<Value>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        body(raw(column))
    }

    /// A vector of pgvector; empty for NULL.
    package func vector(_ column: Int32) -> [Float] {
        let bytes = raw(column)
        guard bytes.count >= 4 else { return [] }
        let count = Int(Int16(bigEndian: bytes))
        return (0..<count).map { index in
            Float(bitPattern: UInt32(bigEndian: UnsafeRawBufferPointer(rebasing: bytes.dropFirst(4 + 4 * index))))
        }
    }

    private func raw(_ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column),
            count: Int(PQgetlength(result, row, column))
        )
    }
}
