/// The numbers from which a model tells whether a segment is the head of a step.
///
/// One row a segment: the traits of the segment, of its neighbours and of the nearest actions, its place in the
/// request, and, with vectors, how close it is in meaning to the others.
package struct SegmentFeatures: Sendable {
    /// Numbers that need no vectors; they come first.
    package static let shapeCount = 5 * SegmentTraits.count + RequestShape.count
    /// Numbers in a row.
    package static let count = shapeCount + SegmentSimilarity.count

    /// One row a segment, each of `count` numbers, or of `shapeCount` without vectors.
    package let rows: [[Float]]

    /// - Parameter vectors: of the segments and of the whole request; nil where nothing was embedded.
    package init(_ request: SegmentedRequest, vectors: SegmentVectors?) {
        let traits = SegmentTraits(request)
        let shape = RequestShape(request)
        let similarity = vectors.map { SegmentSimilarity(request, $0) }
        rows = request.segments.indices.map { index in
            var row: [Float] = []
            row.reserveCapacity(Self.count)
            traits.append(index, to: &row)
            traits.append(index - 1, to: &row)
            traits.append(index + 1, to: &row)
            traits.append(shape.earlierAction(index), to: &row)
            traits.append(shape.laterAction(index), to: &row)
            shape.append(index, to: &row)
            similarity?.append(index, shape, to: &row)
            return row
        }
    }
}
