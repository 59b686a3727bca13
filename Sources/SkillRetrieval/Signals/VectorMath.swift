/// Sums over rows of numbers.
enum VectorMath {
    /// The inner product of two rows of the same length.
    ///
    /// Sixteen sums go side by side: the compiler may not reorder a single one.
    static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
        var sums = SIMD16<Float>(repeating: 0)
        var index = 0
        while index + 16 <= count {
            let left = UnsafeRawPointer(a + index).loadUnaligned(as: SIMD16<Float>.self)
            let right = UnsafeRawPointer(b + index).loadUnaligned(as: SIMD16<Float>.self)
            sums += left * right
            index += 16
        }
        var sum = sums.sum()
        while index < count {
            sum += a[index] * b[index]
            index += 1
        }
        return sum
    }
}
