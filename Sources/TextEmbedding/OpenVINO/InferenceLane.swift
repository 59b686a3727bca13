import COpenVINO

/// One inference request with the input buffers it reads from while it runs.
final class InferenceLane {
    /// Lives as long as its requests.
    private let model: CompiledModel
    private var request: OpaquePointer?
    private let wantsTokenTypes: Bool
    private var ids: UnsafeMutableBufferPointer<Int64>
    private var mask: UnsafeMutableBufferPointer<Int64>
    private var types: UnsafeMutableBufferPointer<Int64>
    private var shape = (rows: 0, columns: 0)

    init(model: CompiledModel) throws(EmbeddingError) {
        self.model = model
        ids = .allocate(capacity: 0)
        mask = .allocate(capacity: 0)
        types = .allocate(capacity: 0)
        wantsTokenTypes = model.hasInput("token_type_ids")
        var request: OpaquePointer?
        try check(.modelUnusable) { skw_ov_request_create(model.pointer, &request, $0) }
        self.request = request
    }

    deinit {
        // Before its model goes.
        skw_ov_request_free(request)
        ids.deallocate()
        mask.deallocate()
        types.deallocate()
    }

    /// Starts one batch and returns at once; call `finish` before the next start.
    ///
    /// - Parameters:
    ///   - columns: padded length of every row.
    ///   - padding: the id that fills short rows.
    func start(_ rows: [TokenRow], columns: Int, padding: Int32) throws(EmbeddingError) {
        try fill(rows, columns: columns, padding: padding)
        try check(.inferenceFailed) { skw_ov_request_start(request, $0) }
    }

    /// Runs one batch in the calling thread; returns what `start` and `finish` do.
    func run(_ rows: [TokenRow], columns: Int, padding: Int32) throws(EmbeddingError) -> InferenceOutput {
        try fill(rows, columns: columns, padding: padding)
        try check(.inferenceFailed) { skw_ov_request_run(request, $0) }
        return try output()
    }

    private func fill(_ rows: [TokenRow], columns: Int, padding: Int32) throws(EmbeddingError) {
        reserve(rows.count * columns)
        for (place, row) in rows.enumerated() {
            let secondStart = row.secondStart ?? columns
            for column in 0..<columns {
                let isToken = column < row.ids.count
                let cell = place * columns + column
                ids[cell] = Int64(isToken ? row.ids[column] : padding)
                mask[cell] = isToken ? 1 : 0
                types[cell] = isToken && column >= secondStart ? 1 : 0
            }
        }
        shape = (rows.count, columns)
        try set("input_ids", ids)
        try set("attention_mask", mask)
        if wantsTokenTypes { try set("token_type_ids", types) }
    }

    /// Waits for the batch and returns the model's first output, valid until the next start.
    func finish() throws(EmbeddingError) -> InferenceOutput {
        try check(.inferenceFailed) { skw_ov_request_wait(request, $0) }
        return try output()
    }

    private func output() throws(EmbeddingError) -> InferenceOutput {
        var output: UnsafePointer<Float>?
        var found: (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
        var rank: Int32 = 0
        try check(.inferenceFailed) { message in
            withUnsafeMutablePointer(to: &found) {
                $0.withMemoryRebound(to: Int64.self, capacity: 4) {
                    skw_ov_request_output(request, &output, $0, &rank, message)
                }
            }
        }
        let sizes = [found.0, found.1, found.2, found.3].prefix(Int(rank)).map { Int($0) }
        guard let output, sizes.first == shape.rows, sizes.allSatisfy({ $0 > 0 }) else {
            throw EmbeddingError(
                .modelUnusable,
                "the model's first output has the shape \(sizes) for a batch of \(shape.rows)"
            )
        }
        return InferenceOutput(
            values: UnsafeBufferPointer(start: output, count: sizes.reduce(1, *)),
            shape: sizes
        )
    }

    private func set(_ name: String, _ values: UnsafeMutableBufferPointer<Int64>) throws(EmbeddingError) {
        let (rows, columns) = (Int64(shape.rows), Int64(shape.columns))
        try check(.inferenceFailed) {
            skw_ov_request_set_input(request, name, values.baseAddress, rows, columns, $0)
        }
    }

    private func reserve(_ count: Int) {
        guard ids.count < count else { return }
        for buffer in [ids, mask, types] { buffer.deallocate() }
        ids = .allocate(capacity: count)
        mask = .allocate(capacity: count)
        types = .allocate(capacity: count)
    }
}
