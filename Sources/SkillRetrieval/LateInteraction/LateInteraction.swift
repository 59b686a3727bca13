import SkillCatalog

/// Compares a query with stored texts, token by token.
struct LateInteraction {
    private let projection: TokenProjection

    init(_ projection: TokenProjection) {
        self.projection = projection
    }

    /// How far the query and each text cover each other; texts without usable states are left out.
    func overlaps(
        of query: QueryTokens,
        with texts: [Int64: WeighedStates],
        in library: any SearchableLibrary
    ) async throws -> [Int64: TokenOverlap] {
        guard !query.pieces.isEmpty, query.states.count == query.pieces.count * projection.width else { return [:] }
        let frequencies = try await library.pieceFrequencies(of: query.pieces)
        let projected = projection.project(query.states)
        let queryWeights = query.pieces.map(frequencies.weight)
        return texts.compactMapValues { text in
            TokenOverlap(
                query: projected,
                queryWeights: queryWeights,
                states: text.states,
                textWeights: text.weights,
                width: projection.reducedWidth
            )
        }
    }

    /// For each token of the query the similarity of its nearest token of the text.
    func nearest(of query: QueryTokens, in text: TextEncoding) -> [Double] {
        guard !query.pieces.isEmpty, query.states.count == query.pieces.count * projection.width else { return [] }
        var nearest = [Double](repeating: 0, count: query.pieces.count)
        _ = TokenOverlap(
            query: projection.project(query.states),
            queryWeights: query.pieces.map { _ in 1 },
            states: text.states,
            textWeights: PieceBlob.decode(text.pieces).map { _ in 1 },
            width: projection.reducedWidth,
            nearest: { nearest[$0] = Double($1) }
        )
        return nearest
    }
}
