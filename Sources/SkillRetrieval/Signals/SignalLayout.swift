/// Where the parts of a signals file are.
///
/// All numbers are little-endian; every part begins at a multiple of 64 bytes. The order: header, entry numbers, their
/// skills, whether they are tools, hashes of terms, where each term's postings begin, entries of postings, weights of
/// postings, frequencies of word pieces, the mean vector with the matrix of second moments.
struct SignalLayout: Sendable, Hashable {
    static let magic: UInt64 = 0x534B_5753_4947_0001
    static let headerBytes = 64
    /// What a posting's weight of 1 is stored as.
    static let weightScale: Float = 65_535

    var entries = 0
    var terms = 0
    var postings = 0
    /// Greatest piece of the vocabulary that occurs, plus one.
    var pieces = 0
    /// Length of a vector.
    var dimensions = 0

    /// Where each part begins.
    private var starts: [Int] = []
    /// Size of the whole file.
    private(set) var size = 0

    private mutating func place() {
        let sizes = [
            entries * 8, entries * 8, entries, terms * 8, (terms + 1) * 4, postings * 4, postings * 2, pieces * 4,
            (dimensions + 1) * dimensions * 4,
        ]
        size = Self.headerBytes
        for part in sizes {
            starts.append((size + 63) / 64 * 64)
            size = (size + 63) / 64 * 64 + part
        }
    }

    /// The layout of a file's bytes; nil where they are not a whole file of this version.
    init?(reading bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= Self.headerBytes else { return nil }
        let header = (0..<8).map { bytes.load(fromByteOffset: $0 * 8, as: UInt64.self) }
        guard header[0] == Self.magic, header[1...5].allSatisfy({ $0 < 1 << 40 }) else { return nil }
        entries = Int(header[1])
        terms = Int(header[2])
        postings = Int(header[3])
        pieces = Int(header[4])
        dimensions = Int(header[5])
        guard dimensions < 1 << 16 else { return nil }
        place()
        guard size == bytes.count, header[6] == Self.checksum(bytes) else { return nil }
    }

    init(entries: Int, terms: Int, postings: Int, pieces: Int, dimensions: Int) {
        self.entries = entries
        self.terms = terms
        self.postings = postings
        self.pieces = pieces
        self.dimensions = dimensions
        place()
    }

    func numbers(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<Int64> { part(0, entries, bytes) }
    func skills(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<Int64> { part(1, entries, bytes) }
    func tools(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt8> { part(2, entries, bytes) }
    func hashes(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt64> { part(3, terms, bytes) }
    func offsets(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt32> { part(4, terms + 1, bytes) }
    func places(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt32> { part(5, postings, bytes) }
    func weights(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt16> { part(6, postings, bytes) }
    func pieceFrequencies(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt32> { part(7, pieces, bytes) }
    func moments(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<Float> {
        part(8, (dimensions + 1) * dimensions, bytes)
    }

    private func part<Value>(
        _ index: Int,
        _ count: Int,
        _ bytes: UnsafeRawBufferPointer
    ) -> UnsafeBufferPointer<Value> {
        guard count > 0, let start = bytes.baseAddress else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(
            start: (start + starts[index]).assumingMemoryBound(to: Value.self),
            count: count
        )
    }

    // MARK: - Writing

    /// The bytes of a file with these parts.
    func write(_ parts: SignalParts) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        bytes.withUnsafeMutableBytes { target in
            func put<Value>(_ part: Int, _ values: [Value]) {
                values.withUnsafeBytes { source in
                    target[starts[part]..<starts[part] + source.count].copyBytes(from: source)
                }
            }
            put(0, parts.numbers)
            put(1, parts.skills)
            put(2, parts.tools)
            put(3, parts.hashes)
            put(4, parts.offsets)
            put(5, parts.places)
            put(6, parts.weights)
            put(7, parts.pieceFrequencies)
            put(8, parts.moments)
            let header = [Self.magic] + [entries, terms, postings, pieces, dimensions].map { UInt64($0) }
            for (index, value) in header.enumerated() {
                target.storeBytes(of: value, toByteOffset: index * 8, as: UInt64.self)
            }
            let sum = Self.checksum(UnsafeRawBufferPointer(target))
            target.storeBytes(of: sum, toByteOffset: 48, as: UInt64.self)
        }
        return bytes
    }

    /// A sum over the words of the file but for the header's place of the sum itself: finds torn and stray bytes.
    ///
    /// Of a large file only the first and last mebibyte and one word in 64 between are read, so that opening does not
    /// read all of it.
    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var sum: UInt64 = 14_695_981_039_346_656_037
        let words = bytes.count / 8
        let edge = 1 << 17
        var index = 0
        while index < words {
            if index != 6 {
                sum = (sum ^ bytes.load(fromByteOffset: index * 8, as: UInt64.self)) &* 1_099_511_628_211
            }
            index += words > 1 << 21 && index > edge && index < words - edge ? 64 : 1
        }
        return sum ^ UInt64(bytes.count)
    }
}

/// The values of a signals file.
struct SignalParts {
    var numbers: [Int64] = []
    var skills: [Int64] = []
    var tools: [UInt8] = []
    var hashes: [UInt64] = []
    var offsets: [UInt32] = []
    var places: [UInt32] = []
    var weights: [UInt16] = []
    var pieceFrequencies: [UInt32] = []
    var moments: [Float] = []
}
