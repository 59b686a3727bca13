/// The words of one query with their weights in one library.
struct WordQuery: Sendable {
    /// Most entries that are looked at for their words; a query of common words keeps to its rarest ones.
    static let mostMatches = 20_000

    private struct Word {
        var hash: UInt64
        /// Share of the query's vector, which has length 1.
        var share: Double
        /// How rare the word is.
        var rarity: Double
        var entries: Int
    }

    private let words: [Word]
    private let statistics: SharedStatistics
    /// The condition for entries to be looked at; nil where no word is known.
    let condition: String?
    /// Whether every entry that shares a word is looked at.
    let isComplete: Bool
    /// What the words that are not looked for would add to mean and second moment.
    private let unseen: (mean: Double, second: Double)

    /// - Parameter frequencies: in how many entries each term stands; those that stand in none are missing.
    init(_ terms: [String], frequencies: [String: Int], statistics: SharedStatistics) {
        self.statistics = statistics
        var counts: [String: Int] = [:]
        for term in terms where (frequencies[term] ?? 0) > 0 { counts[term, default: 0] += 1 }
        let rated = counts.map { term, count in
            let entries = frequencies[term] ?? 0
            let rarity = WordWeight.rarity(entries, among: statistics.entries)
            return (term: term, weight: WordWeight.frequency(count) * rarity, rarity: rarity, entries: entries)
        }.sorted { ($0.entries, $0.term) < ($1.entries, $1.term) }
        let length = rated.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
        words = rated.map {
            Word(hash: Self.hash($0.term.utf8), share: $0.weight / length, rarity: $0.rarity, entries: $0.entries)
        }
        var room = Self.mostMatches
        let chosen = rated.prefix { word in
            room -= word.entries
            return room >= 0
        }
        condition = chosen.isEmpty ? nil : chosen.map { WordVector.quoted($0.term) }.joined(separator: " | ")
        isComplete = chosen.count == rated.count
        // As if the words fell on entries by chance, and every word stood once.
        var mean = 0.0
        var second = 0.0
        for word in words[chosen.count...] {
            let frequent = Double(word.entries) / Double(max(1, statistics.entries))
            let score = word.share * word.rarity * statistics.meanInverseLength
            mean += frequent * score
            second += frequent * score * score
        }
        unseen = (mean, second)
    }

    /// Where the similarities of all entries lie, from those that were looked at.
    func spread(_ scores: some Sequence<Double>) -> SignalStatistics {
        let entries = Double(max(1, statistics.entries))
        var sum = 0.0
        var squares = 0.0
        for score in scores {
            sum += score
            squares += score * score
        }
        return SignalStatistics(mean: sum / entries + unseen.mean, secondMoment: squares / entries + unseen.second)
    }

    /// The cosine with one entry, from PostgreSQL's binary form of its `tsvector`.
    ///
    /// That is a count, then for each lexeme its text with a zero at its end, a count of places, and the places: the upper
    /// two bits are the weight, 3 for A and 0 for D. All numbers have the most significant byte first.
    func score(_ bytes: UnsafeRawBufferPointer, length: Double) -> Double {
        var score = 0.0
        visit(bytes, length: length) { _, share in score += share }
        return score
    }

    /// What each of the query's terms adds to the cosine with one entry; terms it does not have are left out.
    func shares(of terms: [String], _ bytes: UnsafeRawBufferPointer, length: Double) -> [String: Double] {
        let names = Dictionary(terms.map { (Self.hash($0.utf8), $0) }) { first, _ in first }
        var shares: [String: Double] = [:]
        visit(bytes, length: length) { hash, share in if let name = names[hash] { shares[name] = share } }
        return shares
    }

    private func visit(_ bytes: UnsafeRawBufferPointer, length: Double, _ add: (UInt64, Double) -> Void) {
        guard bytes.count >= 4, !words.isEmpty else { return }
        var index = 4
        while index < bytes.count {
            var hash = Self.seed
            while index < bytes.count, bytes[index] != 0 {
                hash = (hash ^ UInt64(bytes[index])) &* Self.prime
                index += 1
            }
            guard index + 2 < bytes.count else { break }
            let places = Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
            index += 3
            let first = index
            index += 2 * places
            guard index <= bytes.count, let word = words.first(where: { $0.hash == hash }) else { continue }
            let isText = places > 0 && bytes[first] >> 6 > 0
            guard length > 0 else { continue }
            let weight =
                isText
                ? WordWeight.frequency(places) * word.rarity / length
                : WordWeight.details * word.rarity / length
            add(hash, word.share * min(1, weight))
        }
    }

    // FNV-1a.
    private static let seed: UInt64 = 14_695_981_039_346_656_037
    private static let prime: UInt64 = 1_099_511_628_211

    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(seed) { ($0 ^ UInt64($1)) &* prime }
    }
}
