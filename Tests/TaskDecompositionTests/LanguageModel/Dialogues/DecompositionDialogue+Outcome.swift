@testable import TaskDecomposition

extension DecompositionDialogue {
    /// What came of the dialogue; nil while it goes on.
    var outcome: DialogueOutcome? {
        if case .finish(let outcome) = action { outcome } else { nil }
    }
}
