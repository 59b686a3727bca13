/// How close a segment is in meaning to the others and to the whole request, as cosines.
struct SegmentSimilarity {
    /// Numbers that are appended for a segment.
    static let count = 10

    private let segments: [Segment]
    /// Cosine of each segment with the whole request.
    private let whole: [Float]
    /// Cosines of all pairs, row after row.
    private let pairs: [Float]

    init(_ request: SegmentedRequest, _ vectors: SegmentVectors) {
        segments = request.segments
        let indices = segments.indices
        whole = indices.map { Self.cosine(vectors[$0], vectors.whole) }
        var pairs = [Float](repeating: 1, count: segments.count * segments.count)
        for left in indices {
            for right in indices where right > left {
                let cosine = Self.cosine(vectors[left], vectors[right])
                pairs[left * segments.count + right] = cosine
                pairs[right * segments.count + left] = cosine
            }
        }
        self.pairs = pairs
    }

    func append(_ index: Int, _ shape: RequestShape, to values: inout [Float]) {
        let others = segments.indices.filter { $0 != index }
        let actions = others.filter { segments[$0].role == .action }
        values.append(whole[index])
        values.append(Float(others.count { whole[$0] > whole[index] }))
        values.append(index > 0 ? cosine(index, index - 1) : 0)
        values.append(index + 1 < segments.count ? cosine(index, index + 1) : 0)
        values.append(shape.earlierAction(index).map { cosine(index, $0) } ?? 0)
        values.append(shape.laterAction(index).map { cosine(index, $0) } ?? 0)
        values.append(actions.map { cosine(index, $0) }.max() ?? 0)
        values.append(others.map { cosine(index, $0) }.reduce(0, +) / Float(max(others.count, 1)))
        values.append(shape.earlierAction(index).map { whole[$0] } ?? 0)
        values.append(shape.laterAction(index).map { whole[$0] } ?? 0)
    }

    private func cosine(_ left: Int, _ right: Int) -> Float { pairs[left * segments.count + right] }

    /// The inner product of two unit vectors.
    private static func cosine(_ left: ArraySlice<Float>, _ right: ArraySlice<Float>) -> Float {
        var sum: Float = 0
        for (a, b) in zip(left, right) { sum += a * b }
        return sum
    }
}
