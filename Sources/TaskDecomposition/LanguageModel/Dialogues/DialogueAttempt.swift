package import LanguageModels

/// How a dialogue with a live model ended.
package struct DialogueAttempt: Sendable {
    package enum End: Sendable {
        case finished(DialogueOutcome)
        /// The model brought no reply.
        case failed(ChatModelError)
    }

    package var end: End
    /// Every exchange that took place and was paid for, also where the dialogue failed.
    package var rounds: [DialogueRound]
}
