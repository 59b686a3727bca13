import TestSupport
import Testing

@testable import SkillRetrieval

@Suite("Tuning to accepted results")
struct FusionTunerTests {
    /// Shortlists of ten with random signals; the right entry is far ahead in one of them.
    private static func examples(_ count: Int, right signal: Int?, seed: UInt64) -> [FusionTuner.Example] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { number in
            var features = (0..<10).map { _ in (0..<5).map { _ in Double.random(in: -1...1, using: &generator) } }
            let right = Int.random(in: 0..<10, using: &generator)
            if let signal { features[right][signal] += 1.5 }
            return FusionTuner.Example(
                features: features,
                skills: (0..<10).map(Int64.init),
                isRight: (0..<10).map { $0 == right },
                fold: number % 5
            )
        }
    }

    @Test("finds the signal that decides, and shows the gain on pairs held out", arguments: 0..<5)
    func learning(signal: Int) {
        let report = FusionTuner.report(Self.examples(100, right: signal, seed: 3))
        #expect(report.isGain)
        #expect(report.after.reciprocalRank > report.before.reciprocalRank)
        let signals: [Signal] = [.dense, .lexical, .queryCoverage, .textCoverage, .nameCoverage]
        #expect((report.fitted[signals[signal]] ?? 0) > (report.defaults[signals[signal]] ?? 0))
        #expect(report.fitted.values.allSatisfy { $0 >= 0 })
        #expect(abs(report.fitted.values.reduce(0, +) - report.defaults.values.reduce(0, +)) < 1e-9)
    }

    @Test("claims no gain from noise or from few pairs")
    func noise() {
        let gains = (0..<10).count { seed in
            FusionTuner.report(Self.examples(60, right: nil, seed: UInt64(seed))).isGain
        }
        #expect(gains <= 4)
        #expect(!FusionTuner.report(Self.examples(12, right: 1, seed: 1)).isGain)
        #expect(!FusionTuner.report([]).isGain)
    }
}
