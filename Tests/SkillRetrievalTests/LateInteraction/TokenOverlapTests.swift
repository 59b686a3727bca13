import TestSupport
import Testing

@testable import SkillRetrieval

@Suite("Late interaction")
struct TokenOverlapTests {
    /// Unit vectors along the axes.
    private static func axes(_ axes: [Int], width: Int = 16) -> [Float] {
        axes.flatMap { axis in (0..<width).map { $0 == axis ? 1 : 0 } }
    }

    @Test("counts how far each text covers the other, and the name for itself")
    func coverage() throws {
        let states = StateBlob.encode(Self.axes([0, 1, 2, 3]), width: 16, nameTokens: 1)
        let overlap = try #require(
            TokenOverlap(
                query: Self.axes([0, 1, 9]),
                queryWeights: [1, 1, 2],
                states: states,
                textWeights: [1, 1, 1, 1],
                width: 16
            )
        )
        #expect(abs(overlap.query - 0.5) < 0.01)
        #expect(abs(overlap.text - 0.5) < 0.01)
        #expect(abs(overlap.name - 1) < 0.01)
    }

    @Test("keeps eight bits of a state, near enough")
    func precision() throws {
        var generator = SeededGenerator(seed: 5)
        var state = (0..<128).map { _ in Float.random(in: -1...1, using: &generator) }
        let length = state.reduce(0) { $0 + $1 * $1 }.squareRoot()
        state = state.map { $0 / length }
        let overlap = try #require(
            TokenOverlap(
                query: state,
                queryWeights: [1],
                states: StateBlob.encode(state, width: 128, nameTokens: 1),
                textWeights: [1],
                width: 128
            )
        )
        #expect(abs(overlap.query - 1) < 0.002)
    }

    @Test("judges nothing by states that are damaged or of another width")
    func damaged() {
        let states = StateBlob.encode(Self.axes([0, 1]), width: 16, nameTokens: 1)
        let query = Self.axes([0])
        for bytes in [[], Array(states.dropLast()), states + [0], Array(states.prefix(8))] {
            #expect(
                TokenOverlap(query: query, queryWeights: [1], states: bytes, textWeights: [1, 1], width: 16) == nil
            )
        }
        #expect(TokenOverlap(query: query, queryWeights: [1], states: states, textWeights: [1], width: 16) == nil)
        #expect(TokenOverlap(query: query, queryWeights: [1], states: states, textWeights: [1, 1], width: 8) == nil)
    }

    @Test("keeps its projection as bytes, and takes no others for one")
    func projection() throws {
        var generator = SeededGenerator(seed: 6)
        let states = (0..<5_000 * 160).map { _ in Float.random(in: -1...1, using: &generator) }
        let projection = TokenProjection(fitting: states, width: 160)
        #expect(projection.reducedWidth == 128)
        #expect(TokenProjection(bytes: projection.bytes) == projection)
        for bytes in [[], Array(projection.bytes.dropLast(4)), [9] + projection.bytes.dropFirst()] {
            #expect(TokenProjection(bytes: Array(bytes)) == nil)
        }
        let few = TokenProjection(fitting: Array(states.prefix(160 * 10)), width: 160)
        #expect(few.reducedWidth == 160)
        #expect(TokenProjection(bytes: few.bytes) == few)
    }
}
