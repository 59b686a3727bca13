import TestSupport
import Testing

@testable import SkillRetrieval

@Suite("The values of signals")
struct SignalValuesTests {
    @Test("are what a dictionary would hold, whatever is set and taken away", arguments: [UInt64(1), 2, 3])
    func dictionary(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var values: SignalValues = [:]
        var expected: [Signal: Double] = [:]
        for _ in 0..<500 {
            guard let signal = Signal.allCases.randomElement(using: &random) else { return }
            let value = Bool.random(using: &random) ? Double.random(in: -2...2, using: &random) : nil
            values[signal] = value
            expected[signal] = value
            #expect(Signal.allCases.allSatisfy { values[$0] == expected[$0] })
            #expect(values.values.sorted() == expected.values.sorted())
        }
    }

    @Test("are equal where they hold the same, however they came to")
    func equality() {
        var values: SignalValues = [.dense: 0.5, .kinship: 1]
        values[.kinship] = nil
        #expect(values == [.dense: 0.5])
        #expect(values != [.dense: 0.5, .lexical: 0])
    }
}
