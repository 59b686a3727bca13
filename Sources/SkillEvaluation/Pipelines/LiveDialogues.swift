package import LanguageModels
import TaskDecomposition

/// Holds the dialogues of a system with a language model that answers now, several at a time.
package struct LiveDialogues: Sendable {
    /// What came of one dialogue.
    enum Held: Sendable {
        case outcome(DialogueOutcome)
        /// Why the model brought no answer to this request; it counts as a miss.
        case failure(String)
    }

    /// Dialogues that are held at the same time.
    let width: Int
    private let opening: DialogueOpening
    private let model: any ChatModel
    private let isReplayed: Bool

    /// - Parameters:
    ///   - file: The library that the requests are about.
    ///   - isReplayed: Whether the model's replies are recordings, which say nothing about its latency.
    package init(
        _ system: BenchmarkSystem,
        over file: LibraryFile,
        asking model: any ChatModel,
        isReplayed: Bool,
        tuning: DialogueTuning = DialogueTuning(),
        width: Int = 4,
        on workbench: EvaluationWorkbench
    ) async throws {
        opening = try await DialogueOpening(
            system,
            over: file,
            tuning: tuning,
            counter: LengthEstimate(),
            on: workbench
        )
        self.model = model
        self.isReplayed = isReplayed
        self.width = max(1, width)
    }

    /// What came of the dialogue about each request, in order.
    ///
    /// - Throws: `ChatModelError` where the model as such is out of reach or a recording is missing: that says nothing
    ///   about the system, and a run that goes on later is worth more than one of misses.
    func hold(_ requests: [RoutedRequest]) async throws -> [Held] {
        try await withThrowingTaskGroup(of: (Int, Held).self) { group in
            var held: [Int: Held] = [:]
            for (place, request) in requests.enumerated() {
                if place >= width, let (done, outcome) = try await group.next() { held[done] = outcome }
                group.addTask { (place, try await hold(request)) }
            }
            for try await (done, outcome) in group { held[done] = outcome }
            return requests.indices.map { held[$0] ?? .failure("its dialogue was not held") }
        }
    }

    private func hold(_ request: RoutedRequest) async throws -> Held {
        do {
            let dialogue = try await opening.dialogue(about: request.query, stepCount: request.goldSteps.count)
            let attempt = try await DialogueRunner(model: model, hints: opening.hints).attempt(dialogue)
            switch attempt.end {
            case .finished(let outcome): return .outcome(outcome)
            case .failed(let error):
                if Self.outages.contains(error.kind) { throw error }
                guard opening.system == .revised else { return .failure(error.description) }
                // As in the product: a model that fails leaves the local plan.
                return .outcome(
                    DialogueOutcome(
                        standingIn: try await opening.local.decompose(request.query),
                        after: attempt.rounds,
                        because: error.description
                    )
                )
            }
        } catch let error as DecompositionError {
            return .failure(error.description)
        }
    }

    private static let outages: Set<ChatModelError.Kind> = [
        .unreachable, .overloaded, .suspended, .unauthorized, .recordingUnusable, .scriptExhausted,
    ]

    /// How long the model took for a request; nothing for recordings.
    func latencies(of prediction: Prediction) -> [Stage: Double] {
        guard !isReplayed, let latency = prediction.modelLatency else { return [:] }
        return [.decompose: latency]
    }
}
