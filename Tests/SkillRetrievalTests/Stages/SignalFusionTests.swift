import Testing

@testable import SkillRetrieval

@Suite("Fusing signals")
struct SignalFusionTests {
    private static func entries(_ dense: [Double], _ lexical: [Double]) -> [RankedEntry] {
        zip(dense, lexical).enumerated().map { number, values in
            RankedEntry(
                ShortlistEntry(
                    number: Int64(number),
                    skill: Int64(number),
                    isTool: false,
                    dense: values.0,
                    denseZ: values.0 * 10,
                    lexical: values.1,
                    lexicalZ: values.1 * 10
                ),
                weights: .standard
            )
        }
    }

    private static func overlap(_ value: Double) throws -> TokenOverlap {
        let states = StateBlob.encode([1] + [Float](repeating: 0, count: 15), width: 16, nameTokens: 1)
        let query = [Float(value)] + [Float((1 - value * value).squareRoot())] + [Float](repeating: 0, count: 14)
        return try #require(
            TokenOverlap(query: query, queryWeights: [1], states: states, textWeights: [1], width: 16)
        )
    }

    private func fuse(_ entries: [RankedEntry], _ overlaps: [Int64: TokenOverlap]) -> [RankedEntry] {
        let columns = SignalFusion.columns(entries.map(\.found), overlaps, .standard)
        return SignalFusion.fuse(entries, columns, .standard)
    }

    @Test("orders by the sum of what the signals add, and says what each added")
    func sum() throws {
        let entries = Self.entries([0.5, 0.5, 0.3], [0.1, 0.4, 0.2])
        let fused = fuse(entries, [0: try Self.overlap(0.2), 1: try Self.overlap(0.9), 2: try Self.overlap(0.1)])
        #expect(fused.map(\.found.number) == [1, 0, 2])
        for entry in fused {
            #expect(abs(entry.contributions.values.reduce(0, +) - entry.score) < 1e-9)
            #expect(entry.values[.queryCoverage] != nil)
        }
    }

    @Test("takes an entry without token states for one like any other, and many of them for a reason to go without")
    func missingStates() throws {
        let entries = Self.entries([Double](repeating: 0.5, count: 10), [Double](repeating: 0.1, count: 10))
        var overlaps = try Dictionary(
            uniqueKeysWithValues: (0..<9).map { (Int64($0), try Self.overlap(0.1 * Double($0))) }
        )
        let places = fuse(entries, overlaps).map(\.found.number)
        #expect(places.first == 8 && places.last == 0)
        #expect((2...7).contains(places.firstIndex(of: 9) ?? -1))
        overlaps[8] = nil
        #expect(fuse(entries, overlaps).allSatisfy { $0.values[.queryCoverage] == nil })
    }

    @Test("gives relevance from 0 to 1 that never rises down the list")
    func calibration() {
        let fused = fuse(Self.entries([0.9, 0.2, 0.1], [0.8, 0, 0]), [:])
        let relevance = Calibration.standard.relevance(of: fused)
        #expect(relevance.allSatisfy { (0...1).contains($0) })
        #expect(relevance == relevance.sorted(by: >))
        let poor = Calibration.standard.relevance(of: fuse(Self.entries([0.05, 0.04], [0, 0]), [:]))
        #expect(poor[0] < 0.3 && relevance[0] > poor[0])
        #expect(Calibration.standard.relevance(of: []).isEmpty)
    }

    @Test("keeps weights as bytes, and takes no others for weights")
    func bytes() {
        var weights = FusionWeights.standard
        weights.values[.lexical] = 0.75
        #expect(FusionWeights(bytes: weights.bytes) == weights)
        for text in ["", "[]", #"{"dense":-1}"#, #"{"dense":1e300}"#] {
            #expect(FusionWeights(bytes: Array(text.utf8)) == nil)
        }
    }
}
