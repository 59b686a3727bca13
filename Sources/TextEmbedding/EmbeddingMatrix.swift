/// Vectors of one length, stored row after row.
public struct EmbeddingMatrix: Sendable, Hashable {
    /// Length of a row.
    public let dimensions: Int
    /// `rows × dimensions` values.
    public private(set) var values: [Float]

    /// An empty matrix that rows can be appended to.
    public init(dimensions: Int) {
        self.dimensions = dimensions
        values = []
    }

    /// A matrix of `values.count / dimensions` rows.
    public init(dimensions: Int, values: [Float]) {
        precondition(dimensions > 0 && values.count % dimensions == 0, "values must fill whole rows")
        self.dimensions = dimensions
        self.values = values
    }

    /// How many vectors it holds.
    public var rows: Int { values.count / dimensions }

    /// One row.
    public subscript(row: Int) -> ArraySlice<Float> {
        values[row * dimensions..<(row + 1) * dimensions]
    }

    /// Adds one row.
    public mutating func append(_ row: some Collection<Float>) {
        precondition(row.count == dimensions, "a row must have \(dimensions) values")
        values.append(contentsOf: row)
    }
}
