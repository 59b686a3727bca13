import TestSupport
import Testing

@testable import SkillRetrieval

@Suite("Products of vectors")
struct SimilarityTests {
    private static func vector(_ count: Int, _ random: inout SeededGenerator) -> [Float] {
        (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
    }

    @Test("are the sums they stand for, whatever the width", arguments: Array(0...70) + [127, 128, 384, 1_000])
    func dot(width: Int) {
        var random = SeededGenerator(seed: UInt64(width))
        let (left, right) = (Self.vector(width, &random), Self.vector(width, &random))
        let expected = zip(left, right).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        #expect(abs(Double(VectorMath.dot(left, right, width)) - expected) < 1e-4)
    }

    @Test("of moments are those with the mean and with the matrix", arguments: [1, 3, 16, 40])
    func moments(width: Int) {
        var random = SeededGenerator(seed: UInt64(width))
        let (mean, matrix) = (Self.vector(width, &random), Self.vector(width * width, &random))
        let query = Self.vector(width, &random)
        let found = query.withUnsafeBufferPointer { VectorMath.moments(mean + matrix, of: $0) }
        var second = 0.0
        for row in 0..<width {
            for column in 0..<width {
                second += Double(query[row]) * Double(matrix[row * width + column]) * Double(query[column])
            }
        }
        let first = zip(mean, query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        #expect(abs(found.mean - first) < 1e-4 && abs(found.second - second) < 1e-3)
    }

    @Test(
        "find the nearest token of each, whatever the numbers of tokens and the width",
        arguments: [1, 3, 4, 7, 8, 9, 12, 21],
        [1, 15, 16, 17, 48, 128, 384]
    )
    func nearest(queries: Int, width: Int) throws {
        var random = SeededGenerator(seed: UInt64(queries * 1_000 + width))
        let query = Self.vector(queries * width, &random)
        let tokens = 5
        let states = StateBlob.encode(Self.vector(tokens * width, &random), width: width, nameTokens: 2)
        // What is stored, read one number after the other.
        let stored = (0..<tokens).map { token -> [Double] in
            let cell = Array(states[(StateBlob.headerBytes + token * (width + 4))...].prefix(width + 4))
            let bits = cell[..<4].enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << (8 * UInt32($1.offset)) }
            return cell[4...].map { Double(Float(bitPattern: bits)) * Double(Int8(bitPattern: $0)) }
        }
        let similarities = (0..<queries).map { place in
            stored.map { state in
                zip(query[place * width..<(place + 1) * width], state).reduce(0.0) { $0 + Double($1.0) * $1.1 }
            }
        }
        var seen = [Double](repeating: 0, count: queries)
        let overlap = try #require(
            TokenOverlap(
                query: query,
                queryWeights: Array(repeating: 1, count: queries),
                states: states,
                textWeights: Array(repeating: 1, count: tokens),
                width: width,
                nearest: { seen[$0] = Double($1) }
            )
        )
        let ofQuery = similarities.map { max(-1, $0.max() ?? -1) }
        let ofTokens = (0..<tokens).map { token in max(-1, similarities.map { $0[token] }.max() ?? -1) }
        for (found, expected) in zip(seen, ofQuery) { #expect(abs(found - expected) < 1e-3) }
        #expect(abs(overlap.query - ofQuery.reduce(0, +) / Double(queries)) < 1e-3)
        #expect(abs(overlap.text - ofTokens.reduce(0, +) / Double(tokens)) < 1e-3)
        #expect(abs(overlap.name - ofTokens[..<2].reduce(0, +) / 2) < 1e-3)
    }
}
