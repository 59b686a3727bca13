import COpenVINO

/// One inference request with the input buffers it reads from while it runs.
final class InferenceLane {
    /// Lives as long as its requests.
    private let model: CompiledModel
    private var request: OpaquePointer?
    private let wantsTokenTypes: Bool
    private var ids: UnsafeMutableBufferPointer<Int64>
    /// Of rows: which cells hold a token. Of a packed row: the place of a token in its text.
    private var second: UnsafeMutableBufferPointer<Int64>
    /// Of rows: whether a token is of the first or second text. Of a packed row: the number of its text.
    private var third: UnsafeMutableBufferPointer<Int64>
    private var shape = (rows: 0, columns: 0)

    var layout: BatchLayout { model.layout }

    init(model: CompiledModel) throws(EmbeddingError) {
        self.model = model
        ids = .allocate(capacity: 0)
        second = .allocate(capacity: 0)
        third = .allocate(capacity: 0)
        wantsTokenTypes = model.hasInput("token_type_ids")
        var request: OpaquePointer?
        try check(.modelUnusable) { skw_ov_request_create(model.pointer, &request, $0) }
        self.request = request
    }

    deinit {
        // Before its model goes.
        skw_ov_request_free(request)
        for buffer in [ids, second, third] { buffer.deallocate() }
    }

    /// Starts one batch and returns at once; call `finish` before the next start.
    ///
    /// - Parameters:
    ///   - columns: padded length of every row; of a packed row, of all together.
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
        switch model.layout {
        case .rows: try fillRows(rows, columns: columns, padding: padding)
        case .packed: try pack(rows, columns: columns, padding: padding)
        }
    }

    private func fillRows(_ rows: [TokenRow], columns: Int, padding: Int32) throws(EmbeddingError) {
        reserve(rows.count * columns)
        for (place, row) in rows.enumerated() {
            let secondStart = row.secondStart ?? columns
            for column in 0..<columns {
                let isToken = column < row.ids.count
                let cell = place * columns + column
                ids[cell] = Int64(isToken ? row.ids[column] : padding)
                second[cell] = isToken ? 1 : 0
                third[cell] = isToken && column >= secondStart ? 1 : 0
            }
        }
        shape = (rows.count, columns)
        try set("input_ids", ids)
        try set("attention_mask", second)
        if wantsTokenTypes { try set("token_type_ids", third) }
    }

    private func pack(_ rows: [TokenRow], columns: Int, padding: Int32) throws(EmbeddingError) {
        reserve(columns)
        var cell = 0
        for (number, row) in rows.enumerated() {
            for (place, id) in row.ids.enumerated() {
                ids[cell] = Int64(id)
                second[cell] = Int64(place)
                third[cell] = Int64(number)
                cell += 1
            }
        }
        for rest in cell..<columns {
            ids[rest] = Int64(padding)
            second[rest] = 0
            third[rest] = -1
        }
        shape = (1, columns)
        try set("input_ids", ids)
        try set("position_ids", second)
        try set("text_ids", third)
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
        for buffer in [ids, second, third] { buffer.deallocate() }
        ids = .allocate(capacity: count)
        second = .allocate(capacity: count)
        third = .allocate(capacity: count)
    }
}
