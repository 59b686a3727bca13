import Storage

/// What the first stage knows of all entries of one generation of a library.
///
/// A table that was made once and beside it a small one of what came since, as in `SegmentedIndex`: an update costs what
/// changed. Words are as rare as they are in both together.
package struct LibrarySignals: Sendable {
    let base: SignalTable
    /// What came after the base was made; nil where that is nothing.
    let recent: SignalTable?
    /// Entries of the base that are no longer in the library.
    let gone: Set<Int64>

    init(base: SignalTable, recent: SignalTable? = nil, gone: Set<Int64> = []) {
        self.base = base
        self.recent = recent
        self.gone = gone
    }

    package init(_ content: [UInt8]) throws { self.init(base: try SignalTable(content)) }

    /// Entries of the library.
    package var count: Int { places - gone.count }

    /// Entries in both tables, those that are gone included.
    var places: Int { base.count + (recent?.count ?? 0) }

    // MARK: - Entries

    /// Gives access to owners by place: those of the base come first.
    func withEntries<Result>(_ body: (SignalEntries) throws -> Result) rethrows -> Result {
        try base.bytes.withBytes { old in
            let old = SignalEntries.Part(base, old)
            guard let recent else { return try body(SignalEntries(old: old, new: nil, gone: gone)) }
            return try recent.bytes.withBytes { new in
                try body(SignalEntries(old: old, new: SignalEntries.Part(recent, new), gone: gone))
            }
        }
    }

    // MARK: - Words

    /// How similar the words of every entry are to a query's.
    package func match(_ terms: [String]) -> WordMatches {
        // In the order of hashes, so that sums always add up the same way.
        var counts: [UInt64: Int] = [:]
        for term in terms { counts[TermHash.of(term), default: 0] += 1 }
        let weights = counts.sorted { $0.key < $1.key }.compactMap { hash, count in
            weight(of: hash, count: count).map { (hash: hash, weight: Float($0)) }
        }
        let length = weights.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
        var matches = WordMatches(entries: places)
        for (hash, weight) in weights {
            base.add(hash, weight: weight / length, to: &matches, from: 0)
            recent?.add(hash, weight: weight / length, to: &matches, from: base.count)
        }
        return matches
    }

    /// How much each of a query's terms adds to the similarity of one entry.
    package func shares(of terms: [String], number: Int64) -> [String: Double] {
        guard let place = withEntries({ $0.place(of: number) }) else { return [:] }
        var counts: [String: Int] = [:]
        for term in terms { counts[term, default: 0] += 1 }
        var square = 0.0
        var shares: [String: Double] = [:]
        for (term, count) in counts {
            let hash = TermHash.of(term)
            guard let weight = weight(of: hash, count: count) else { continue }
            square += weight * weight
            let own =
                place < base.count ? base.weight(of: hash, at: place) : recent?.weight(of: hash, at: place - base.count)
            if let own { shares[term] = weight * own }
        }
        return shares.mapValues { $0 / square.squareRoot() }
    }

    /// The weight of a term in a query; nil for one that no entry has.
    private func weight(of hash: UInt64, count: Int) -> Double? {
        let frequency = base.frequency(of: hash) + (recent?.frequency(of: hash) ?? 0)
        return frequency > 0 ? TermWeight.query(count: count, frequency: frequency, among: places) : nil
    }

    /// In how many entries a piece of the encoder's vocabulary stands.
    package func pieceFrequency(_ piece: Int32) -> Int {
        base.pieceFrequency(piece) + (recent?.pieceFrequency(piece) ?? 0)
    }

    // MARK: - Vectors

    /// Mean and standard deviation of a query's cosines with all entries.
    package func denseStatistics(of query: [Float]) -> SignalStatistics {
        var mean = 0.0
        var second = 0.0
        var count = 0.0
        for table in [base, recent].compactMap(\.self) {
            guard let moments = table.denseMoments(of: query) else { continue }
            mean += Double(table.count) * moments.mean
            second += Double(table.count) * moments.second
            count += Double(table.count)
        }
        guard count > 0 else { return SignalStatistics() }
        return SignalStatistics(mean: mean / count, secondMoment: second / count)
    }
}

/// Owners of entries by place, while the tables that hold them are in reach.
struct SignalEntries {
    struct Part {
        let numbers: UnsafeBufferPointer<Int64>
        let skills: UnsafeBufferPointer<Int64>
        let tools: UnsafeBufferPointer<UInt8>

        init(_ table: SignalTable, _ bytes: UnsafeRawBufferPointer) {
            numbers = table.layout.numbers(bytes)
            skills = table.layout.skills(bytes)
            tools = table.layout.tools(bytes)
        }

        func place(of number: Int64) -> Int? {
            guard let first = numbers.first else { return nil }
            // Where nothing was ever removed, numbers follow each other.
            let guess = Int(clamping: number &- first)
            if numbers.indices.contains(guess), numbers[guess] == number { return guess }
            var low = 0
            var high = numbers.count
            while low < high {
                let middle = (low + high) / 2
                if numbers[middle] < number { low = middle + 1 } else { high = middle }
            }
            return low < numbers.count && numbers[low] == number ? low : nil
        }
    }

    let old: Part
    let new: Part?
    let gone: Set<Int64>

    /// The place of an entry; nil for one that is unknown or gone.
    func place(of number: Int64) -> Int? {
        if !gone.isEmpty, gone.contains(number) { return nil }
        if let place = old.place(of: number) { return place }
        return new?.place(of: number).map { old.numbers.count + $0 }
    }

    /// The number, the skill's number, and whether it is a tool.
    subscript(place: Int) -> (number: Int64, skill: Int64, isTool: Bool) {
        let isOld = place < old.numbers.count
        let part = isOld ? old : new ?? old
        let row = isOld ? place : place - old.numbers.count
        return (part.numbers[row], part.skills[row], part.tools[row] != 0)
    }
}
