import SkillCatalog

/// The token states of one entry, and how much each of its tokens says in its library.
package struct WeighedStates: Sendable, Hashable {
    /// As `StateBlob` has them.
    var states: [UInt8]
    /// One a token.
    var weights: [Float]
}

extension SearchableLibrary {
    package func weighedStates(of numbers: [Int64]) async throws -> [Int64: WeighedStates] {
        try await readWeighedStates(of: numbers)
    }

    package func tokenProjection() async throws -> TokenProjection? { try await readTokenProjection() }

    func readWeighedStates(of numbers: [Int64]) async throws -> [Int64: WeighedStates] {
        let texts = try await tokenStates(of: numbers)
        let pieces = texts.mapValues { PieceBlob.decode($0.pieces) }
        let frequencies = try await pieceFrequencies(of: Array(Set(pieces.values.joined())))
        return texts.reduce(into: [:]) { weighed, text in
            let weights = (pieces[text.key] ?? []).map(frequencies.weight)
            weighed[text.key] = WeighedStates(states: text.value.states, weights: weights)
        }
    }

    func readTokenProjection() async throws -> TokenProjection? {
        try await part(.tokenProjection).flatMap(TokenProjection.init(bytes:))
    }
}
