import Testing

@testable import SkillEvaluation

@Suite("Reproducible random numbers")
struct RandomSourceTests {
    @Test("SplitMix64 gives the published sequence")
    func splitMix() {
        var generator = SplitMix64(state: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.allSatisfy { $0 == generator.next() })
    }

    @Test("xoshiro256** gives the published sequence")
    func xoshiro() {
        var random = RandomSource(state: (1, 2, 3, 4))
        let expected: [UInt64] = [
            11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
        ]
        #expect(expected.allSatisfy { $0 == random.next() })
    }

    @Test("A seed gives the same numbers every time")
    func seeded() {
        var random = RandomSource(seed: 42)
        let expected: [UInt64] = [
            1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009,
            17_057_574_109_182_124_193,
        ]
        #expect(expected.allSatisfy { $0 == random.next() })
    }

    @Test("Bounded numbers stay below their bound and reach every value about equally often")
    func bounded() {
        var random = RandomSource(seed: 5)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<7_000 { counts[random.next(below: 7)] += 1 }
        #expect(counts.allSatisfy { (850...1_150).contains($0) }, "\(counts)")
        #expect(random.next(below: 1) == 0)
    }
}
