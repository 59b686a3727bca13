import Storage

/// A lane over one inference request, on a thread of its own.
actor ModelLane: EncodingLane {
    private let padding: Int32
    private let width: Int
    private let compile: @Sendable () throws -> CompiledModel
    private var lane: InferenceLane?

    private nonisolated let executor = BlockingExecutor(label: "encoder-lane")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - width: values of a token's state.
    ///   - padding: the id that fills short rows.
    ///   - compile: gives the model; called on the lane's thread, before its first batch.
    init(width: Int, padding: Int32, compile: @escaping @Sendable () throws -> CompiledModel) {
        self.width = width
        self.padding = padding
        self.compile = compile
    }

    /// Compiles the model now instead of with the first batch.
    func prepare() throws { _ = try ready() }

    func run(_ rows: [TokenRow], columns: Int) throws -> [[Float]] {
        let lane = try ready()
        let output = try lane.run(rows, columns: columns, padding: padding)
        let states = try TokenStates(output, of: rows, columns: columns, layout: lane.layout, width: width)
        return rows.indices.map { Array(states[$0]) }
    }

    private func ready() throws -> InferenceLane {
        if let lane { return lane }
        let made = try InferenceLane(model: try compile())
        lane = made
        return made
    }
}
