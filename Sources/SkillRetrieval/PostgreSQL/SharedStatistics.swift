import SkillCatalog
import TextEmbedding

/// What is true of all entries of a generation together, kept with it: what z-scores and weights are computed from.
struct SharedStatistics: Sendable, Hashable {
    /// Entries whose vectors count; a large library is sampled.
    static let sample = 65_536

    /// All entries.
    private(set) var entries = 0
    /// Length of a vector.
    let dimensions: Int
    /// The mean vector, then the matrix of second moments, row by row.
    private(set) var moments: [Float]
    /// In how many entries each piece of the encoder's vocabulary stands.
    private(set) var pieceFrequencies: [UInt32] = []
    /// Mean over the entries of 1 / length of their words' weights.
    private(set) var meanInverseLength = 0.0
    private var sampled = 0

    init(dimensions: Int) {
        self.dimensions = dimensions
        moments = Array(repeating: 0, count: (dimensions + 1) * dimensions)
    }

    // MARK: - Gathering

    mutating func add(vector: [Float], pieces: [UInt8]) {
        entries += 1
        var seen = Set<Int>()
        pieces.withUnsafeBytes { bytes in
            for offset in stride(from: 0, to: bytes.count / 4 * 4, by: 4) {
                let piece = Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
                if piece >= 0, piece < 1 << 22 { seen.insert(piece) }
            }
        }
        if let most = seen.max(), most >= pieceFrequencies.count {
            pieceFrequencies += Array(repeating: 0, count: most + 1 - pieceFrequencies.count)
        }
        for piece in seen { pieceFrequencies[piece] += 1 }
        guard sampled < Self.sample, vector.count == dimensions else { return }
        sampled += 1
        moments.withUnsafeMutableBufferPointer { moments in
            vector.withUnsafeBufferPointer { vector in
                for row in 0..<dimensions {
                    moments[row] += vector[row]
                    let start = (row + 1) * dimensions
                    for column in 0...row { moments[start + column] += vector[row] * vector[column] }
                }
            }
        }
    }

    /// Turns sums into means; call once, after the last entry.
    ///
    /// - Parameter meanInverseLength: mean of 1 / length of the words' weights, over the entries that have words.
    mutating func finish(meanInverseLength: Double) {
        self.meanInverseLength = meanInverseLength
        let share = 1 / Float(max(1, sampled))
        for row in 0..<dimensions {
            moments[row] *= share
            for column in 0...row {
                let value = moments[(row + 1) * dimensions + column] * share
                moments[(row + 1) * dimensions + column] = value
                moments[(column + 1) * dimensions + row] = value
            }
        }
    }

    // MARK: - Using

    /// Mean and standard deviation of a query's cosines with all entries: q·μ, and √(qᵀSq − (q·μ)²).
    func cosines(of query: [Float]) -> SignalStatistics {
        guard query.count == dimensions else { return SignalStatistics() }
        return moments.withUnsafeBufferPointer { moments in
            query.withUnsafeBufferPointer { query in
                guard let start = moments.baseAddress else { return SignalStatistics() }
                let (mean, second) = VectorMath.moments(start, of: query)
                return SignalStatistics(mean: mean, secondMoment: second)
            }
        }
    }

    // MARK: - Storing

    private static let version: UInt64 = 1

    /// The statistics as bytes, numbers little-endian.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        func put(_ number: UInt64) { withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }
        put(Self.version)
        put(UInt64(entries))
        put(UInt64(dimensions))
        put(UInt64(pieceFrequencies.count))
        put(meanInverseLength.bitPattern)
        bytes += VectorBlob.encode(moments)
        for frequency in pieceFrequencies { withUnsafeBytes(of: frequency.littleEndian) { bytes += $0 } }
        return bytes
    }

    /// Nil for bytes of another version, or that are not whole.
    init?(bytes: [UInt8]) {
        guard bytes.count >= 40 else { return nil }
        let header = bytes.withUnsafeBytes { bytes in
            (0..<5).map { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) }
        }
        guard header[0] == Self.version, header[1...3].allSatisfy({ $0 < 1 << 31 }), header[2] < 1 << 15 else {
            return nil
        }
        let width = Int(header[2])
        let pieces = Int(header[3])
        guard bytes.count == 40 + (width + 1) * width * 4 + pieces * 4 else { return nil }
        entries = Int(header[1])
        dimensions = width
        meanInverseLength = Double(bitPattern: header[4])
        let end = 40 + (width + 1) * width * 4
        (moments, pieceFrequencies) = bytes.withUnsafeBytes { bytes in
            let moments = VectorBlob.decode(UnsafeRawBufferPointer(rebasing: bytes[40..<end]))
            let frequencies = (0..<pieces).map {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: end + $0 * 4, as: UInt32.self))
            }
            return (moments, frequencies)
        }
    }
}
