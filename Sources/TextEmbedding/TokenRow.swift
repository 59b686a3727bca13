/// One row of a model's input.
struct TokenRow {
    var ids: [Int32]
    /// From where on tokens are of the second text; nil for one text alone.
    var secondStart: Int?

    init(ids: [Int32], secondStart: Int? = nil) {
        self.ids = ids
        self.secondStart = secondStart
    }
}

/// What a model gave for a batch, valid until the next one.
struct InferenceOutput {
    var values: UnsafeBufferPointer<Float>
    var shape: [Int]
}
