import Glibc
import SkillCatalog

/// Fits the weights of the second stage to pairs that somebody accepted.
///
/// The weights maximise the likelihood of the accepted skills among what the first stage found (a softmax over the
/// shortlist), and are drawn towards the program's own, so that few pairs change little. They are never negative, and
/// their sum stays what it is, so that calibrated scores keep their meaning. Whether they are better is judged on pairs
/// that were held out, five times a fifth.
package struct FusionTuner: Sendable {
    /// Fewer pairs teach nothing that would hold.
    static let leastPairs = 20
    private static let folds = 5
    private static let signals: [Signal] = [.dense, .lexical, .queryCoverage, .textCoverage, .nameCoverage]

    private let retriever: SkillRetriever
    private let library: any SearchableLibrary

    package init(retriever: SkillRetriever, library: any SearchableLibrary) {
        self.retriever = retriever
        self.library = library
    }

    /// One pair's shortlist, as the second stage sees it.
    struct Example: Sendable {
        /// For each entry the z-scores of the signals.
        var features: [[Double]]
        /// The skill of each entry.
        var skills: [Int64]
        var isRight: [Bool]
        var fold: Int

        /// The place of the right skill among the skills, from 1.
        func rank(_ weights: [Double]) -> Int? {
            var best: [Int64: Double] = [:]
            var right: Int64?
            for (index, feature) in features.enumerated() {
                best[skills[index]] = max(best[skills[index]] ?? -.infinity, FusionTuner.dot(feature, weights))
                if isRight[index] { right = skills[index] }
            }
            guard let right, let score = best[right] else { return nil }
            return 1 + best.values.count { $0 > score }
        }
    }

    package func fit(_ pairs: [AcceptedPair], progress: (Int) -> Void = { _ in }) async throws -> TuningReport {
        var examples: [Example] = []
        let start = FusionWeights.standard
        let fusion = SignalFusion(weights: start)
        for (index, pair) in pairs.enumerated() {
            try Task.checkCancellation()
            let right = Set(try await library.entryNumbers(ofSkill: pair.skill))
            let lists = try await retriever.shortlists(
                try await retriever.read([pair.query]),
                skills: 1,
                filter: .everything
            )
            guard let list = lists.first else { continue }
            let columns = try await fusion.columns(of: list, in: library)
            let pool = list.entries.prefix(start.pool)
            examples.append(
                Example(
                    features: pool.indices.map { row in
                        Self.signals.map { signal in columns.first { $0.signal == signal }?.z[row] ?? 0 }
                    },
                    skills: pool.map(\.found.skill),
                    isRight: pool.map { right.contains($0.found.number) },
                    // Equal texts are held out together.
                    fold: Int(TermHash.of(pair.query) % UInt64(Self.folds))
                )
            )
            progress(index + 1)
        }
        return Self.report(examples)
    }

    /// The weights of a report, for the second stage.
    package static func weights(of report: TuningReport) -> FusionWeights {
        var weights = FusionWeights.standard
        for (signal, value) in report.fitted { weights.values[signal] = value }
        return weights
    }

    static func report(_ examples: [Example]) -> TuningReport {
        let standard = signals.map { FusionWeights.standard[$0] }
        let before = examples.map { $0.rank(standard) }
        var after = before
        for fold in 0..<folds {
            let weights = fit(examples.filter { $0.fold != fold }, from: standard)
            for index in examples.indices where examples[index].fold == fold {
                after[index] = examples[index].rank(weights)
            }
        }
        let gains = zip(before, after).map { before, after in
            (after.map { 1 / Double($0) } ?? 0) - (before.map { 1 / Double($0) } ?? 0)
        }
        let spread = SignalStatistics(gains)
        let fitted = fit(examples, from: standard)
        return TuningReport(
            pairs: examples.count,
            found: before.count { $0 != nil },
            before: TuningReport.Quality(ranks: before),
            after: TuningReport.Quality(ranks: after),
            gain: spread.mean,
            gainError: spread.deviation / Double(max(1, gains.count)).squareRoot(),
            defaults: Dictionary(uniqueKeysWithValues: zip(signals, standard)),
            fitted: Dictionary(uniqueKeysWithValues: zip(signals, fitted))
        )
    }

    /// Projected gradient ascent on the mean log-likelihood less the squared distance from `start`.
    private static func fit(_ examples: [Example], from start: [Double]) -> [Double] {
        let usable = examples.filter { $0.isRight.contains(true) }
        guard !usable.isEmpty else { return start }
        let sum = start.reduce(0, +)
        let pull = 10 / Double(usable.count)
        var weights = start
        for step in 0..<200 {
            var gradient = zip(start, weights).map { pull * ($0 - $1) }
            for example in usable { add(gradientOf: example, weights, scale: 1 / Double(usable.count), to: &gradient) }
            let rate = 0.2 / (1 + Double(step) / 50)
            weights = zip(weights, gradient).map { max(0, $0 + rate * $1) }
            let total = weights.reduce(0, +)
            if total > 0 { weights = weights.map { $0 * sum / total } }
        }
        return weights
    }

    private static func add(
        gradientOf example: Example,
        _ weights: [Double],
        scale: Double,
        to gradient: inout [Double]
    ) {
        let scores = example.features.map { dot($0, weights) }
        let most = scores.max() ?? 0
        let masses = scores.map { exp($0 - most) }
        let all = masses.reduce(0, +)
        let right = zip(masses, example.isRight).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
        guard right > 0 else { return }
        for (index, feature) in example.features.enumerated() {
            let share = (example.isRight[index] ? masses[index] / right : 0) - masses[index] / all
            for signal in gradient.indices { gradient[signal] += scale * share * feature[signal] }
        }
    }

    static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
