/// The output of an encoder for one batch: batch × tokens × width.
struct TokenStates {
    private let values: UnsafeBufferPointer<Float>
    private let columns: Int
    private let width: Int

    /// - Throws: `EmbeddingError.modelUnusable` for an output that is not what an encoder gives.
    init(_ output: InferenceOutput, columns: Int, width: Int) throws(EmbeddingError) {
        guard output.shape.count == 3, output.shape[1] == columns else {
            throw EmbeddingError(
                .modelUnusable,
                "the model's first output has the shape \(output.shape); token states (batch × tokens × hidden) were expected"
            )
        }
        guard output.shape[2] == width else {
            throw EmbeddingError(
                .modelUnusable,
                "the model gives \(output.shape[2]) values a token, its config.json says \(width)"
            )
        }
        values = output.values
        self.columns = columns
        self.width = width
    }

    /// The states of one text's tokens, without those of its padding.
    func row(_ index: Int, tokens: Int) -> UnsafeBufferPointer<Float> {
        let start = index * columns * width
        return UnsafeBufferPointer(rebasing: values[start..<start + tokens * width])
    }
}
