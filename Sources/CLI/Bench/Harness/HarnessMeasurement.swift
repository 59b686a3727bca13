import JSONSchema
import SkillEvaluation

/// Times of one operation over many rounds, beside what it may take.
struct HarnessMeasurement {
    let name: String
    /// What the median must stay below, in milliseconds; nil for what is only told.
    let bar: Double?
    /// Milliseconds, sorted.
    private let times: [Double]

    init(_ name: String, bar: Double?, times: [Duration]) {
        self.name = name
        self.bar = bar
        self.times = times.map { $0 / .milliseconds(1) }.sorted()
    }

    /// Times one body many times, after some rounds that do not count.
    static func of(
        _ name: String,
        bar: Double?,
        rounds: Int,
        before: () async throws -> Void = {},
        _ body: () async throws -> Void
    ) async throws -> HarnessMeasurement {
        var times: [Duration] = []
        let clock = ContinuousClock()
        let warmUp = min(50, rounds)
        for round in 0..<(rounds + warmUp) {
            try Task.checkCancellation()
            try await before()
            let start = clock.now
            try await body()
            if round >= warmUp { times.append(start.duration(to: clock.now)) }
        }
        return HarnessMeasurement(name, bar: bar, times: times)
    }

    /// The time that a share of the rounds stayed at or below.
    func quantile(_ share: Double) -> Double {
        guard !times.isEmpty else { return 0 }
        let rank = Int((Double(times.count) * share).rounded(.up))
        return times[max(0, min(times.count, rank) - 1)]
    }

    var isWithinBar: Bool? { bar.map { quantile(0.5) < $0 } }

    var json: JSONValue {
        [
            "name": .string(name), "rounds": JSONValue(times.count), "median_ms": .number(quantile(0.5)),
            "p99_ms": .number(quantile(0.99)), "bar_ms": bar.map(JSONValue.number) ?? .null,
            "within": isWithinBar.map(JSONValue.bool) ?? .null,
        ]
    }

    var cells: [String] {
        [
            name, isWithinBar.map { $0 ? "yes" : "no" } ?? "", DecimalText.fixed(quantile(0.5), 4),
            DecimalText.fixed(quantile(0.99), 4), bar.map { DecimalText.fixed($0, 1) } ?? "", "\(times.count)",
        ]
    }
}
