/// Reduces the token states of one text to one unit vector.
enum Pooling {
    /// Writes the pooled, normalised vector of a text into `output`.
    ///
    /// - Parameters:
    ///   - states: `tokens × output.count` values.
    static func pool(
        _ states: UnsafeBufferPointer<Float>,
        mode: EncoderConfiguration.Pooling,
        into output: UnsafeMutableBufferPointer<Float>
    ) {
        let tokens = states.count / output.count
        output.update(repeating: 0)
        for token in 0..<(mode == .mean ? tokens : min(1, tokens)) {
            let start = token * output.count
            for index in output.indices { output[index] += states[start + index] }
        }
        normalize(output)
    }

    /// Scales a vector to length 1; a vector of zeros or with no finite length becomes the first unit vector.
    static func normalize(_ vector: UnsafeMutableBufferPointer<Float>) {
        var sum: Float = 0
        for value in vector { sum += value * value }
        guard sum.isFinite, sum > 0 else {
            vector.update(repeating: 0)
            if !vector.isEmpty { vector[0] = 1 }
            return
        }
        let scale = 1 / sum.squareRoot()
        for index in vector.indices { vector[index] *= scale }
    }
}
