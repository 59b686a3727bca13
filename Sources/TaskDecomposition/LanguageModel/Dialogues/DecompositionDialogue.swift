package import LanguageModels

/// A conversation that turns a request into steps, as a machine without a model.
///
/// It says what has to happen next, takes what came of it, and goes on until it is finished. Who drives it decides where
/// replies come from: a live model (`DialogueRunner`), a batch answered offline (`DialogueReplay`), or a test. Every
/// dialogue ends after a bounded number of replies, whatever they say.
package protocol DecompositionDialogue: Sendable {
    /// What has to happen next; once finished, it stays so.
    var action: DialogueAction { get }

    /// Takes the reply to the request that `action` asks to send.
    mutating func receive(_ reply: ChatReply) throws(DialogueError)

    /// Takes the hints for the sub-tasks that `action` asks to retrieve for.
    mutating func receive(_ hints: [SkillHint]) throws(DialogueError)

    /// Takes the failure of the call that `action` asks for; false where the dialogue has no other way to go on.
    mutating func receive(_ failure: ChatModelError) -> Bool
}

extension DecompositionDialogue {
    /// A dialogue that never asks for hints takes none.
    package mutating func receive(_ hints: [SkillHint]) throws(DialogueError) {
        throw .unexpectedHints
    }

    /// A dialogue that asks in one way only ends with the failure.
    package mutating func receive(_ failure: ChatModelError) -> Bool { false }
}

/// What a dialogue wants done.
package enum DialogueAction: Sendable, Hashable {
    /// Send this to the model, and hand in its reply.
    case send(ChatRequest)
    /// Find at most `limit` skills for each of these sub-tasks, and hand in all of them.
    case retrieve(subtasks: [String], limit: Int)
    /// Nothing: this is the outcome.
    case finish(DialogueOutcome)
}

/// A dialogue that was driven wrongly.
package enum DialogueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A reply came while the dialogue waited for something else.
    case unexpectedReply
    /// Hints came while the dialogue waited for something else.
    case unexpectedHints
    /// The dialogue asks for hints, and nothing provides them.
    case noHints

    package var description: String {
        switch self {
        case .unexpectedReply: "a model's reply was handed in that the dialogue did not ask for"
        case .unexpectedHints: "skill hints were handed in that the dialogue did not ask for"
        case .noHints: "this decomposer needs skills to hint at; index a library first, or choose one without hints"
        }
    }
}
