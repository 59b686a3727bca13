import CLinearAlgebra

/// How far the tokens of two texts cover each other in meaning, 0 and below to 1.
struct TokenOverlap: Sendable, Hashable {
    /// Weighted mean over the query's tokens of the nearest token of the text.
    var query = 0.0
    /// Weighted mean over the text's tokens of the nearest token of the query.
    var text = 0.0
    /// The same over the tokens of the text's name.
    var name = 0.0

    /// - Parameters:
    ///   - query: unit vectors, row after row.
    ///   - queryWeights: one a token of the query.
    ///   - textWeights: one a token of the text.
    ///   - nearest: receives for each of the query's tokens its nearest similarity, for explanations.
    init?(
        query: [Float],
        queryWeights: [Float],
        states: [UInt8],
        textWeights: [Float],
        width: Int,
        nearest: ((Int, Float) -> Void)? = nil
    ) {
        let found: TokenOverlap? = states.withUnsafeBytes { bytes in
            guard let shape = StateBlob.shape(bytes), shape.width == width, shape.tokens == textWeights.count,
                shape.tokens > 0, !queryWeights.isEmpty, let start = bytes.baseAddress
            else { return nil }
            return query.withUnsafeBufferPointer { query in
                Self.measure(query, queryWeights, start + StateBlob.headerBytes, shape, textWeights, nearest)
            }
        }
        guard let found else { return nil }
        self = found
    }

    private init() {}

    private static func measure(
        _ query: UnsafeBufferPointer<Float>,
        _ queryWeights: [Float],
        _ states: UnsafeRawPointer,
        _ shape: (width: Int, tokens: Int, nameTokens: Int),
        _ textWeights: [Float],
        _ nearest: ((Int, Float) -> Void)?
    ) -> TokenOverlap? {
        guard let queryStart = query.baseAddress else { return nil }
        var best = [Float](repeating: -1, count: queryWeights.count)
        var most = [Float](repeating: -1, count: shape.tokens)
        skw_nearest(
            queryStart,
            Int32(best.count),
            states.assumingMemoryBound(to: UInt8.self),
            Int32(shape.tokens),
            Int32(shape.width),
            &best,
            &most
        )
        var text: (sum: Float, weight: Float) = (0, 0)
        var name = text
        for token in 0..<shape.tokens {
            text = (text.sum + textWeights[token] * most[token], text.weight + textWeights[token])
            if token == shape.nameTokens - 1 { name = text }
        }
        var covered: (sum: Float, weight: Float) = (0, 0)
        for (position, weight) in queryWeights.enumerated() {
            covered = (covered.sum + weight * best[position], covered.weight + weight)
            nearest?(position, best[position])
        }
        var overlap = TokenOverlap()
        overlap.query = covered.weight > 0 ? Double(covered.sum / covered.weight) : 0
        overlap.text = text.weight > 0 ? Double(text.sum / text.weight) : 0
        overlap.name = name.weight > 0 ? Double(name.sum / name.weight) : overlap.text
        return overlap
    }
}
