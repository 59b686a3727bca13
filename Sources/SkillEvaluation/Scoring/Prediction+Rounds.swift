import TaskDecomposition

extension Prediction {
    /// What is kept about the exchanges with a language model; nothing where there were none.
    var roundValues: [Metric: Double] {
        guard !rounds.isEmpty else { return [:] }
        var values: [Metric: Double] = [.rounds: Double(rounds.count)]
        let likeness = rounds.compactMap(\.jaccard)
        if !likeness.isEmpty { values[.hintOverlap] = likeness.reduce(0, +) / Double(likeness.count) }
        return values
    }

    /// Milliseconds the model took for all replies to the request; nil where nobody measured it.
    var modelLatency: Double? {
        let latencies = rounds.compactMap(\.latency)
        return latencies.isEmpty ? nil : latencies.reduce(.zero, +) / .milliseconds(1)
    }
}
