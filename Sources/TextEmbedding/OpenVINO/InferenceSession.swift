/// One compiled model with as many lanes as it runs in parallel.
///
/// Used from one thread: it starts a batch on each lane, and OpenVINO's own threads do the work side by side.
final class InferenceSession {
    let lanes: [InferenceLane]
    private let model: CompiledModel

    init(_ model: CompiledModel) throws(EmbeddingError) {
        self.model = model
        var lanes: [InferenceLane] = []
        // Two requests a lane: while one is pooled, the next already runs.
        for _ in 0..<model.profile.lanes * 2 { lanes.append(try InferenceLane(model: model)) }
        self.lanes = lanes
    }

    var layout: BatchLayout { model.layout }

    /// Whether the model has an input of that name.
    func hasInput(_ name: String) -> Bool { model.hasInput(name) }
}
