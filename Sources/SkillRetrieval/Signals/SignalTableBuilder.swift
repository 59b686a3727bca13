import CLinearAlgebra
import Glibc
import SkillCatalog
import TextEmbedding

/// Gathers entries of a library, in the order of their numbers, and makes a signal table of them.
struct SignalTableBuilder {
    /// Entries whose vectors go into the statistics of a large library.
    private static let momentSample = 65_536

    private let dimensions: Int
    /// What the library holds besides: words are as rare as they are in both together.
    private let background: SignalTable?
    private var parts = SignalParts()
    private var terms: [UInt64: Int32] = [:]
    private var stems: [String: Int32] = [:]
    private var frequencies: [Int] = []
    /// Terms of all entries, one entry after another.
    private var occurrences: [Occurrence] = []
    private var ends: [Int] = []
    private var sampled = 0

    private struct Occurrence {
        var term: Int32
        /// How often it stands in name and description; 0 for a term of the details alone.
        var count: Int32
    }

    init(dimensions: Int, background: SignalTable? = nil) {
        self.dimensions = dimensions
        self.background = background
        parts.moments = Array(repeating: 0, count: (dimensions + 1) * dimensions)
    }

    mutating func add(_ rows: [IndexedRow]) {
        for row in rows {
            parts.numbers.append(row.number)
            parts.skills.append(row.skill)
            parts.tools.append(row.isTool ? 1 : 0)
            add(row.text)
            add(pieces: row.encoding.pieces)
        }
        if sampled < Self.momentSample { add(vectors: rows.map(\.encoding.vector)) }
    }

    private mutating func add(_ text: IndexedText) {
        var counts: [Int32: Int32] = [:]
        for word in TermExtractor.standard.terms(in: text.sentence) { counts[term(word), default: 0] += 1 }
        for word in TermExtractor.standard.terms(in: text.details) { counts[term(word), default: 0] += 0 }
        for (term, count) in counts.sorted(by: { $0.key < $1.key }) {
            frequencies[Int(term)] += 1
            occurrences.append(Occurrence(term: term, count: count))
        }
        ends.append(occurrences.count)
    }

    /// The term of a word; most words recur, so stems are remembered.
    private mutating func term(_ word: String) -> Int32 {
        if let known = stems[word] { return known }
        let hash = TermHash.of(PorterStemmer.stem(word))
        let term = terms[hash] ?? Int32(terms.count)
        if Int(term) == terms.count {
            terms[hash] = term
            frequencies.append(0)
        }
        stems[word] = term
        return term
    }

    private mutating func add(pieces bytes: [UInt8]) {
        for piece in Set(PieceBlob.decode(bytes)) where piece >= 0 && piece < 1 << 22 {
            if Int(piece) >= parts.pieceFrequencies.count {
                parts.pieceFrequencies += Array(repeating: 0, count: Int(piece) + 1 - parts.pieceFrequencies.count)
            }
            parts.pieceFrequencies[Int(piece)] += 1
        }
    }

    private mutating func add(vectors: [[UInt8]]) {
        var values: [Float] = []
        values.reserveCapacity(vectors.count * dimensions)
        var count = 0
        for vector in vectors where vector.count == dimensions * 4 {
            values += vector.withUnsafeBytes(VectorBlob.decode)
            count += 1
        }
        for row in 0..<count {
            for column in 0..<dimensions { parts.moments[column] += values[row * dimensions + column] }
        }
        let width = dimensions
        parts.moments.withUnsafeMutableBufferPointer { moments in
            if let start = moments.baseAddress { skw_add_gram(Int32(count), Int32(width), values, start + width) }
        }
        sampled += count
    }

    /// The file's bytes.
    func build() -> [UInt8] {
        var parts = parts
        if sampled > 0 { for index in parts.moments.indices { parts.moments[index] /= Float(sampled) } }
        let order = terms.sorted { $0.key < $1.key }
        parts.hashes = order.map(\.key)
        var offsets = [UInt32(0)]
        var cursor = [Int](repeating: 0, count: frequencies.count)
        for (_, term) in order {
            cursor[Int(term)] = Int(offsets.last ?? 0)
            offsets.append((offsets.last ?? 0) + UInt32(frequencies[Int(term)]))
        }
        parts.offsets = offsets
        parts.places = Array(repeating: 0, count: occurrences.count)
        parts.weights = Array(repeating: 0, count: occurrences.count)
        var frequencies = frequencies
        for (hash, term) in order { frequencies[Int(term)] += background?.frequency(of: hash) ?? 0 }
        let among = ends.count + (background?.count ?? 0)
        let inverse = frequencies.map { TermWeight.inverseFrequency(of: $0, among: among) }
        var start = 0
        for (place, end) in ends.enumerated() {
            let weights = occurrences[start..<end].map { occurrence in
                (occurrence.count > 0 ? 1 + log(Double(occurrence.count)) : 0) * inverse[Int(occurrence.term)]
            }
            let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
            for (occurrence, weight) in zip(occurrences[start..<end], weights) {
                let term = Int(occurrence.term)
                let full = occurrence.count > 0 ? weight : TermWeight.details * inverse[term]
                let share = length > 0 ? min(1, full / length) : 0
                parts.places[cursor[term]] = UInt32(place)
                parts.weights[cursor[term]] = UInt16((Float(share) * SignalLayout.weightScale).rounded())
                cursor[term] += 1
            }
            start = end
        }
        return SignalLayout(
            entries: parts.numbers.count,
            terms: parts.hashes.count,
            postings: parts.places.count,
            pieces: parts.pieceFrequencies.count,
            dimensions: dimensions
        ).write(parts)
    }
}
