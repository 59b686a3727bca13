public import LanguageModels

/// What was said so far, in turns that are kept or left out as a whole.
///
/// Turns are only added at the end, and left out from the beginning in large steps, so that a prompt begins like the one
/// before it and providers can reuse what they have cached.
public struct Conversation: Sendable, Hashable {
    /// A message of the user, or a reply of the model together with the results of the tools it asked for.
    public struct Turn: Sendable, Hashable {
        public var messages: [ChatMessage]
        /// Ids of the skills whose documents stand in these messages.
        public var documents: Set<String>

        public init(_ messages: [ChatMessage], documents: Set<String> = []) {
            self.messages = messages
            self.documents = documents
        }
    }

    public private(set) var turns: [Turn] = []
    /// Turns that are left out of prompts, after the first one, which stays.
    public private(set) var omittedTurns = 0

    public init() {}

    public mutating func append(_ turn: Turn) { turns.append(turn) }

    /// What a prompt holds.
    var keptTurns: [Turn] {
        omittedTurns == 0 ? turns : Array(turns.prefix(1)) + Array(turns.dropFirst(1 + omittedTurns))
    }

    /// Leaves out one more turn; false where only the first and the last two are left.
    mutating func omitOldest() -> Bool {
        guard turns.count - omittedTurns > 3 else { return false }
        omittedTurns += 1
        return true
    }
}
