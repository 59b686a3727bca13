/// The output of an encoder for one batch: rows × tokens × width.
struct TokenStates {
    private let values: UnsafeBufferPointer<Float>
    private let width: Int
    /// Where the tokens of each text are, those of its padding left out.
    private let tokens: [Range<Int>]

    /// - Parameter columns: padded length of every row; of a packed row, of all together.
    /// - Throws: `EmbeddingError.modelUnusable` for an output that is not what an encoder gives.
    init(
        _ output: InferenceOutput,
        of rows: [TokenRow],
        columns: Int,
        layout: BatchLayout,
        width: Int
    ) throws(EmbeddingError) {
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
        self.width = width
        var next = 0
        tokens = rows.map { row in
            defer { next += layout == .rows ? columns : row.ids.count }
            return next..<next + row.ids.count
        }
    }

    /// The states of one text's tokens.
    subscript(text: Int) -> UnsafeBufferPointer<Float> {
        let range = tokens[text]
        return UnsafeBufferPointer(rebasing: values[range.lowerBound * width..<range.upperBound * width])
    }
}
