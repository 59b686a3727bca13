/// Similarities of words: most entries share none.
package struct WordMatches: Sendable {
    /// By place.
    package private(set) var scores: [Float]
    /// Places of the entries that share a word.
    package private(set) var touched: [Int] = []

    init(entries: Int) { scores = Array(repeating: 0, count: entries) }

    mutating func add(_ score: Float, at place: Int) {
        if scores[place] == 0 { touched.append(place) }
        scores[place] += score
    }

    /// Over all entries, those that share no word included.
    package var statistics: SignalStatistics {
        guard !scores.isEmpty else { return SignalStatistics() }
        let count = Double(scores.count)
        var sum = 0.0
        var squares = 0.0
        for place in touched {
            let score = Double(scores[place])
            sum += score
            squares += score * score
        }
        return SignalStatistics(mean: sum / count, secondMoment: squares / count)
    }
}
