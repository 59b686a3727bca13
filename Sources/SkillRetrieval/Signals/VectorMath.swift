import CLinearAlgebra

/// Sums over rows of numbers.
enum VectorMath {
    /// The inner product of two rows of the same length.
    static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
        var product: Float = 0
        skw_dots(a, 1, b, Int32(count), &product)
        return product
    }

    /// The mean μ·v and the second moment vᵀSv of a vector's products, from the mean vector μ and, behind it, the matrix S
    /// of second moments.
    static func moments(_ moments: UnsafePointer<Float>, of vector: UnsafeBufferPointer<Float>) -> (
        mean: Double, second: Double
    ) {
        guard let start = vector.baseAddress else { return (0, 0) }
        let width = vector.count
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: width + 1) { products in
            guard let first = products.baseAddress else { return (0, 0) }
            skw_dots(moments, Int32(width + 1), start, Int32(width), first)
            return (Double(first[0]), Double(dot(first + 1, start, width)))
        }
    }
}
