import Storage
package import TaskDecomposition

/// Step-head models that have not seen what they are tested on; `make train-decomposer` makes them.
package struct HeadFolds: Sendable {
    private let withoutSet: [String: StepHeadModel]
    /// Learned from all but one part of every set.
    package let trainingParts: StepHeadModel
    /// The model of the program, for sets that no model is trained on.
    private let builtIn: StepHeadModel

    /// - Throws: `StorageError`, `StepHeadModelError` or, where the program's own weights are unusable, `DataFault`.
    package init(folder: String) throws {
        guard let builtIn = StepHeadModel.builtIn else {
            throw DataFault(.malformed, file: folder, "the program's own step-head weights are unusable")
        }
        self.builtIn = builtIn
        let parts = "\(folder)/training-parts.model"
        guard FileSystem.exists(parts) else {
            throw DataFault(.missing, file: parts, "make it with 'make train-decomposer'")
        }
        trainingParts = try StepHeadModel(bytes: FileSystem.read(parts))
        var models: [String: StepHeadModel] = [:]
        for name in FileSystem.contents(of: folder) where name.hasPrefix("without-") && name.hasSuffix(".model") {
            let set = String(name.dropFirst("without-".count).dropLast(".model".count))
            models[set] = try StepHeadModel(bytes: FileSystem.read("\(folder)/\(name)"))
        }
        withoutSet = models
    }

    /// The model that has seen nothing of a set.
    package func leavingOut(_ set: String) -> StepHeadModel { withoutSet[set] ?? builtIn }

    /// Whether a part of the set is trained on.
    package func isTrainedOn(_ set: String) -> Bool { withoutSet[set] != nil }
}
