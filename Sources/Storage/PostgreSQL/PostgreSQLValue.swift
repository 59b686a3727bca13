/// One parameter of a PostgreSQL statement.
package enum PostgreSQLValue: Sendable, Hashable {
    case null
    /// `bigint`; the server casts it where a smaller type is wanted.
    case integer(Int64)
    /// `double precision`.
    case real(Double)
    case bool(Bool)
    /// Text of any type the server can read it as: `text`, `jsonb`, `timestamptz`.
    case text(String)
    /// `bytea`.
    case bytes([UInt8])
    /// pgvector's `vector`: 32-bit floats.
    case vector([Float])
    /// `bigint[]`.
    case integers([Int64])
    /// `real[]`.
    case reals([Float])
    /// `text[]`; nil for NULL.
    case texts([String?])
    /// `bytea[]`.
    case byteLists([[UInt8]])

    package init(_ value: Int) { self = .integer(Int64(value)) }
    package init(_ value: String?) { self = value.map(PostgreSQLValue.text) ?? .null }
}

/// How a parameter goes over the wire.
struct PostgreSQLParameter {
    /// The type's object id; 0 lets the server infer it from the statement.
    var type: UInt32
    /// Nil for NULL.
    var bytes: [UInt8]?
    var isBinary: Bool
}

extension PostgreSQLValue {
    var parameter: PostgreSQLParameter {
        switch self {
        case .null: PostgreSQLParameter(type: 0, bytes: nil, isBinary: false)
        case .integer(let value): PostgreSQLParameter(type: 20, bytes: value.bigEndianBytes, isBinary: true)
        case .real(let value): PostgreSQLParameter(type: 701, bytes: value.bitPattern.bigEndianBytes, isBinary: true)
        case .bool(let value): PostgreSQLParameter(type: 16, bytes: [value ? 1 : 0], isBinary: true)
        case .text(let value): PostgreSQLParameter(type: 0, bytes: Array(value.utf8) + [0], isBinary: false)
        case .bytes(let value): PostgreSQLParameter(type: 17, bytes: value, isBinary: true)
        case .vector(let value): PostgreSQLParameter(type: 0, bytes: Self.vectorText(value), isBinary: false)
        case .integers(let values):
            PostgreSQLParameter(type: 1_016, bytes: Self.array(values.map(\.bigEndianBytes), of: 20), isBinary: true)
        case .reals(let values):
            PostgreSQLParameter(
                type: 1_021,
                bytes: Self.array(values.map(\.bitPattern.bigEndianBytes), of: 700),
                isBinary: true
            )
        case .texts(let values):
            PostgreSQLParameter(
                type: 1_009,
                bytes: Self.array(values.map { $0.map { Array($0.utf8) } }, of: 25),
                isBinary: true
            )
        case .byteLists(let values):
            PostgreSQLParameter(type: 1_001, bytes: Self.array(values, of: 17), isBinary: true)
        }
    }

    /// The type's id differs from one database to another, so the text form is sent.
    private static func vectorText(_ values: [Float]) -> [UInt8] { Array(text(ofVector: values).utf8) + [0] }

    /// A vector as pgvector reads it.
    package static func text(ofVector values: [Float]) -> String {
        "[\(values.map { "\($0)" }.joined(separator: ","))]"
    }

    /// A list of one dimension in PostgreSQL's binary form.
    private static func array(_ elements: [[UInt8]?], of type: UInt32) -> [UInt8] {
        let dimensions: Int32 = elements.isEmpty ? 0 : 1
        let hasNulls: Int32 = elements.contains { $0 == nil } ? 1 : 0
        var bytes = dimensions.bigEndianBytes + hasNulls.bigEndianBytes + type.bigEndianBytes
        if !elements.isEmpty { bytes += Int32(clamping: elements.count).bigEndianBytes + Int32(1).bigEndianBytes }
        for element in elements {
            bytes += element.map { Int32(clamping: $0.count) }?.bigEndianBytes ?? Int32(-1).bigEndianBytes
            if let element { bytes += element }
        }
        return bytes
    }
}

extension FixedWidthInteger {
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }

    /// The number in the first bytes, most significant first; zero where there are too few.
    init(bigEndian bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= MemoryLayout<Self>.size else {
            self = 0
            return
        }
        self = Self(bigEndian: bytes.loadUnaligned(as: Self.self))
    }
}

extension PostgreSQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
}
