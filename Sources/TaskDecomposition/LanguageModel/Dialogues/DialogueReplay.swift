package import LanguageModels

/// Drives dialogues with the replies of an offline batch, as far as there are any.
///
/// A dialogue is replayed from its beginning each time, so nothing but the replies has to be kept between rounds. That
/// asks the hints to be the same each time: the same library, the same retrieval.
package struct DialogueReplay: Sendable {
    /// How far a dialogue came.
    package enum Progress: Sendable, Hashable {
        /// This prompt needs a reply next.
        case waiting(PromptRecord)
        case finished(DialogueOutcome)
    }

    private let replies: ReplyBatch
    private let hints: (any SkillHints)?
    private let counter: any TokenCounter

    /// - Parameters:
    ///   - hints: what finds skills; nil where no dialogue asks for any.
    ///   - counter: what the cost of a reply is counted with where its model did not report it.
    package init(replies: ReplyBatch, hints: (any SkillHints)? = nil, counter: any TokenCounter = LengthEstimate()) {
        self.replies = replies
        self.hints = hints
        self.counter = counter
    }

    /// Plays a dialogue up to the first prompt without a reply, or to its end.
    ///
    /// - Parameter id: names the dialogue in prompts and replies.
    /// - Throws: what the hints throw, and `DialogueError.noHints`.
    package func play(_ dialogue: some DecompositionDialogue, id: String) async throws -> Progress {
        var dialogue = dialogue
        var round = 0
        while true {
            switch dialogue.action {
            case .send(let request):
                guard let record = replies.reply(to: id, round: round) else {
                    return .waiting(PromptRecord(id: id, round: round, request: request))
                }
                try dialogue.receive(record.reply(to: request, counter: counter))
                round += 1
            case .retrieve(let subtasks, let limit):
                guard let hints else { throw DialogueError.noHints }
                try dialogue.receive(try await hints.hints(for: subtasks, limit: limit))
            case .finish(let outcome):
                return .finished(outcome)
            }
        }
    }
}
