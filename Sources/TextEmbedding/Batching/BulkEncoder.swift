import Storage

/// Encodes many texts of one caller: batches of all of them run side by side, and each is read while others run.
actor BulkEncoder {
    private let padding: Int32
    private let width: Int
    private let longest: Int
    private let makeModel: @Sendable () throws -> CompiledModel
    private var model: CompiledModel?
    private var session: InferenceSession?

    private nonisolated let executor = BlockingExecutor(label: "bulk-encoder")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private static let tokenBudget = 512
    /// Attention looks at all pairs of a packed row, also at those it must not see.
    private static let packedBudget = 256

    /// - Parameters:
    ///   - width: values of a token's state.
    ///   - longest: tokens the model reads at most.
    ///   - padding: the id that fills short rows.
    ///   - compile: gives a model with a lane a core; called on this actor's thread, once.
    init(width: Int, longest: Int, padding: Int32, compile: @escaping @Sendable () throws -> CompiledModel) {
        self.width = width
        self.longest = longest
        self.padding = padding
        makeModel = compile
    }

    /// The model; it is compiled when it is first asked for.
    func compiled() throws -> CompiledModel {
        if let model { return model }
        let made = try makeModel()
        model = made
        return made
    }

    /// Runs the model over all rows.
    ///
    /// Stops with `CancellationError` soon after its task is cancelled.
    /// - Parameter read: makes something of the states of a text's tokens, which are valid during the call.
    /// - Returns: what was made of each row, in order.
    func run<Value: Sendable>(
        _ rows: [TokenRow],
        read: @Sendable (UnsafeBufferPointer<Float>) -> Value
    ) throws -> [Value] {
        let session = try self.session ?? InferenceSession(compiled())
        self.session = session
        let lengths = rows.map(\.ids.count)
        let layout = session.layout
        let plan =
            switch layout {
            case .rows: BatchPlan(lengths: lengths, tokenBudget: Self.tokenBudget, longest: longest)
            case .packed: BatchPlan(packing: lengths, tokenBudget: Self.packedBudget)
            }
        var values = [Value?](repeating: nil, count: rows.count)
        try session.run(rows, in: plan.batches, padding: padding) { batch, output in
            let members = batch.members.map { rows[$0] }
            let states = try TokenStates(output, of: members, columns: batch.columns, layout: layout, width: width)
            for (text, member) in batch.members.enumerated() { values[member] = read(states[text]) }
        }
        return values.compactMap(\.self)
    }
}
