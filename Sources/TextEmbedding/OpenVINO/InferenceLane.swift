import COpenVINO

/// One inference request with the input buffers it reads from while it runs.
final class InferenceLane {
    private var request: OpaquePointer?
    private let wantsTokenTypes: Bool
    private var ids: UnsafeMutableBufferPointer<Int64>
    private var mask: UnsafeMutableBufferPointer<Int64>
    private var types: UnsafeMutableBufferPointer<Int64>
    private var shape = (rows: 0, columns: 0)

    init(model: OpaquePointer) throws(EmbeddingError) {
        ids = .allocate(capacity: 0)
        mask = .allocate(capacity: 0)
        types = .allocate(capacity: 0)
        wantsTokenTypes = skw_ov_model_has_input(model, "token_type_ids") == 1
        var request: OpaquePointer?
        try check(.modelUnusable) { skw_ov_request_create(model, &request, $0) }
        self.request = request
    }

    deinit {
        close()
        ids.deallocate()
        mask.deallocate()
        types.deallocate()
    }

    /// Gives the request back; must happen before its model goes.
    func close() {
        skw_ov_request_free(request)
        request = nil
    }

    /// Starts one batch of token ids and returns at once; call `finish` before the next start.
    ///
    /// - Parameters:
    ///   - columns: padded length of every row.
    ///   - padding: the id that fills short rows.
    func start(_ sequences: [[Int32]], columns: Int, padding: Int32) throws(EmbeddingError) {
        try fill(sequences, columns: columns, padding: padding)
        try check(.inferenceFailed) { skw_ov_request_start(request, $0) }
    }

    /// Runs one batch in the calling thread; returns what `start` and `finish` do.
    func run(
        _ sequences: [[Int32]],
        columns: Int,
        padding: Int32
    ) throws(EmbeddingError) -> (states: UnsafeBufferPointer<Float>, dimensions: Int) {
        try fill(sequences, columns: columns, padding: padding)
        try check(.inferenceFailed) { skw_ov_request_run(request, $0) }
        return try output()
    }

    private func fill(_ sequences: [[Int32]], columns: Int, padding: Int32) throws(EmbeddingError) {
        reserve(sequences.count * columns)
        for (row, sequence) in sequences.enumerated() {
            for column in 0..<columns {
                let isToken = column < sequence.count
                ids[row * columns + column] = Int64(isToken ? sequence[column] : padding)
                mask[row * columns + column] = isToken ? 1 : 0
            }
        }
        shape = (sequences.count, columns)
        try set("input_ids", ids)
        try set("attention_mask", mask)
        if wantsTokenTypes { try set("token_type_ids", types) }
    }

    /// Waits for the batch and returns its token states: `rows × columns × dimensions` values, valid until the next
    /// start.
    func finish() throws(EmbeddingError) -> (states: UnsafeBufferPointer<Float>, dimensions: Int) {
        try check(.inferenceFailed) { skw_ov_request_wait(request, $0) }
        return try output()
    }

    private func output() throws(EmbeddingError) -> (states: UnsafeBufferPointer<Float>, dimensions: Int) {
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
        guard rank == 3, found.0 == Int64(shape.rows), found.1 == Int64(shape.columns), let output else {
            throw EmbeddingError(
                .modelUnusable,
                "the model's first output has \(rank) dimensions; token states (batch × tokens × hidden) were expected"
            )
        }
        let dimensions = Int(found.2)
        return (UnsafeBufferPointer(start: output, count: shape.rows * shape.columns * dimensions), dimensions)
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
        types.initialize(repeating: 0)
    }
}
