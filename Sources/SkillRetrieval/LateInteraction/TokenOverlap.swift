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
        let width = shape.width
        var best = [Float](repeating: -1, count: queryWeights.count)
        var row = [Float](repeating: 0, count: width)
        var text: (sum: Float, weight: Float) = (0, 0)
        var name = text
        for token in 0..<shape.tokens {
            let cell = states + token * (width + 4)
            let scale = Float(bitPattern: UInt32(littleEndian: cell.loadUnaligned(as: UInt32.self)))
            let most = row.withUnsafeMutableBufferPointer { row in
                unpack(cell + 4, into: row)
                guard let start = row.baseAddress else { return Float(-1) }
                var most: Float = -1
                for position in best.indices {
                    let similarity = scale * VectorMath.dot(queryStart + position * width, start, width)
                    if similarity > best[position] { best[position] = similarity }
                    if similarity > most { most = similarity }
                }
                return most
            }
            text = (text.sum + textWeights[token] * most, text.weight + textWeights[token])
            if token < shape.nameTokens {
                name = (name.sum + textWeights[token] * most, name.weight + textWeights[token])
            }
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

    private static func unpack(_ bytes: UnsafeRawPointer, into row: UnsafeMutableBufferPointer<Float>) {
        var index = 0
        while index + 16 <= row.count {
            let values = SIMD16<Float>(bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<Int8>.self))
            UnsafeMutableRawPointer(row.baseAddress)?.storeBytes(
                of: values,
                toByteOffset: index * 4,
                as: SIMD16<Float>.self
            )
            index += 16
        }
        while index < row.count {
            row[index] = Float(bytes.loadUnaligned(fromByteOffset: index, as: Int8.self))
            index += 1
        }
    }
}
