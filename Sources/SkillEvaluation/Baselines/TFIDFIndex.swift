import Glibc
package import SkillRetrieval

/// Finds documents by weighted words: the classic retrieval baseline, in memory.
///
/// A term weighs (1 + ln tf) · (ln((1 + n) / (1 + df)) + 1) and vectors have length 1, as in scikit-learn's
/// `TfidfVectorizer` with `sublinear_tf`. The score is the cosine.
package struct TFIDFIndex: Sendable {
    private struct Posting: Sendable {
        let document: Int
        let weight: Double
    }

    private let extractor: TermExtractor
    private let ids: [String]
    private let inverseFrequencies: [String: Double]
    private let postings: [String: [Posting]]

    /// Indexes documents; O(total length).
    package init(_ documents: [(id: String, text: String)], extractor: TermExtractor = .standard) {
        let counts = documents.map { Self.counts(extractor.terms(in: $0.text)) }
        var documentFrequencies: [String: Int] = [:]
        for term in counts.lazy.flatMap(\.keys) { documentFrequencies[term, default: 0] += 1 }
        let size = Double(documents.count)
        let inverseFrequencies = documentFrequencies.mapValues { log((1 + size) / (1 + Double($0))) + 1 }
        var postings: [String: [Posting]] = [:]
        for (document, terms) in counts.enumerated() {
            for (term, weight) in Self.unitVector(terms, inverseFrequencies) {
                postings[term, default: []].append(Posting(document: document, weight: weight))
            }
        }
        self.extractor = extractor
        ids = documents.map(\.id)
        self.inverseFrequencies = inverseFrequencies
        self.postings = postings
    }

    /// The documents most similar to a text, best first; of equal ones the smaller id comes first.
    ///
    /// Documents that share no term with the text are not returned.
    package func search(_ text: String, top: Int) -> [Candidate] {
        var scores: [Int: Double] = [:]
        for (term, weight) in Self.unitVector(Self.counts(extractor.terms(in: text)), inverseFrequencies) {
            for posting in postings[term] ?? [] { scores[posting.document, default: 0] += weight * posting.weight }
        }
        let ranked = scores.map { Candidate(skill: ids[$0.key], score: $0.value) }
            .sorted { ($1.score, $0.skill) < ($0.score, $1.skill) }
        return Array(ranked.prefix(max(0, top)))
    }

    private static func counts(_ terms: [String]) -> [String: Int] {
        terms.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// Weights of the known terms, by term so that sums always add up in one order.
    private static func unitVector(
        _ counts: [String: Int],
        _ inverseFrequencies: [String: Double]
    ) -> [(term: String, weight: Double)] {
        let weights = counts.sorted { $0.key < $1.key }.compactMap { term, count -> (term: String, weight: Double)? in
            guard let inverse = inverseFrequencies[term] else { return nil }
            return (term, (1 + log(Double(count))) * inverse)
        }
        let length = weights.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
        return weights.map { ($0.term, $0.weight / length) }
    }
}
