import Storage

extension SignalTable {
    /// Where a term is among the terms; nil for one that no entry has.
    func row(of hash: UInt64) -> Int? {
        bytes.withBytes { bytes in
            let hashes = layout.hashes(bytes)
            var low = 0
            var high = hashes.count
            while low < high {
                let middle = (low + high) / 2
                if hashes[middle] < hash { low = middle + 1 } else { high = middle }
            }
            return low < hashes.count && hashes[low] == hash ? low : nil
        }
    }

    /// In how many entries a term stands.
    func frequency(of hash: UInt64) -> Int { row(of: hash).map { postings(of: $0).count } ?? 0 }

    /// Where the postings of a term are.
    private func postings(of row: Int) -> Range<Int> {
        bytes.withBytes { bytes in
            let offsets = layout.offsets(bytes)
            let start = min(Int(offsets[row]), layout.postings)
            return start..<max(start, min(Int(offsets[row + 1]), layout.postings))
        }
    }

    /// Adds what a term's weight in a query is worth to every entry that has the term.
    ///
    /// - Parameter offset: the place of this table's first entry in `matches`.
    func add(_ hash: UInt64, weight: Float, to matches: inout WordMatches, from offset: Int) {
        guard let row = row(of: hash) else { return }
        let range = postings(of: row)
        let share = weight / SignalLayout.weightScale
        bytes.withBytes { bytes in
            let places = layout.places(bytes)
            let weights = layout.weights(bytes)
            for index in range where Int(places[index]) < count {
                matches.add(share * Float(weights[index]), at: offset + Int(places[index]))
            }
        }
    }

    /// A term's weight in an entry; nil where it does not stand there.
    func weight(of hash: UInt64, at place: Int) -> Double? {
        guard let row = row(of: hash) else { return nil }
        let range = postings(of: row)
        return bytes.withBytes { bytes in
            let places = layout.places(bytes)
            return range.first { Int(places[$0]) == place }.map {
                Double(layout.weights(bytes)[$0]) / Double(SignalLayout.weightScale)
            }
        }
    }
}
