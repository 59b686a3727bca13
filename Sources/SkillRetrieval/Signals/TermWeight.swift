import Glibc

/// How terms weigh.
enum TermWeight {
    /// What a term counts that stands in an entry's details alone.
    static let details = 0.3

    static func inverseFrequency(of frequency: Int, among entries: Int) -> Double {
        log(Double(1 + entries) / Double(1 + frequency)) + 1
    }

    /// The weight of a term that stands `count` times in a query.
    static func query(count: Int, frequency: Int, among entries: Int) -> Double {
        (1 + log(Double(count))) * inverseFrequency(of: frequency, among: entries)
    }
}

/// Terms by 64-bit hashes (FNV-1a): a table of numbers can be searched where it is mapped.
enum TermHash {
    static func of(_ term: String) -> UInt64 {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in term.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return hash
    }
}
