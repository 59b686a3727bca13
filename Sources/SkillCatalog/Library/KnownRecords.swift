package import Storage

/// A cheap sign of the content of one record: as long as it is the same, the skill read from it is the same.
///
/// Half a SHA-256: of the bytes of a line, or of what the file system says about the files of a folder.
public struct RecordStamp: Sendable, Hashable {
    let high: UInt64
    let low: UInt64

    /// Part of every stamp. Raise it when records are read into other skills than before, so that all are read again.
    private static let readerVersion: UInt64 = 1

    package init(of hash: ContentHash) {
        let words = hash.bytes.withUnsafeBytes {
            ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        high = UInt64(littleEndian: words.0) ^ Self.readerVersion
        low = UInt64(littleEndian: words.1)
    }

    init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        let words = bytes.withUnsafeBytes {
            ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        high = UInt64(littleEndian: words.0)
        low = UInt64(littleEndian: words.1)
    }

    var bytes: [UInt8] {
        withUnsafeBytes(of: high.littleEndian) { Array($0) } + withUnsafeBytes(of: low.littleEndian) { Array($0) }
    }
}

/// The records of a source that a library holds already, by their stamps.
public struct KnownRecords: Sendable {
    /// One record that is as it was.
    public struct Record: Sendable, Hashable {
        let number: Int64
        /// The line the library has for it.
        let storedLine: Int?
        /// Where it stands in its file now, from 1.
        public internal(set) var line: Int?

        init(number: Int64, storedLine: Int?) {
            self.number = number
            self.storedLine = storedLine
        }
    }

    private var records: [RecordStamp: Record]

    /// None: every record is read.
    public init() { records = [:] }

    init(_ records: [(RecordStamp, Record)]) {
        self.records = Dictionary(records, uniquingKeysWith: { first, _ in first })
    }

    /// Whether there are none.
    public var isEmpty: Bool { records.isEmpty }

    /// The record of that stamp, handed out once; nil where it is new or was handed out already.
    public mutating func claim(_ stamp: RecordStamp, line: Int? = nil) -> Record? {
        guard var record = records.removeValue(forKey: stamp) else { return nil }
        record.line = line
        return record
    }
}
