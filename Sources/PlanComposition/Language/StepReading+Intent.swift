extension StepReading {
    /// What a step wants of the world.
    enum Intent: Sendable, Hashable {
        /// To know or to see something: "which branches are there", "show the log".
        case look
        /// To have something changed: "delete the branch".
        case change
        /// Neither is said.
        case open
    }

    /// Read off the words the step opens with.
    var intent: Intent {
        guard let verb, let word = body.first?.text else { return .open }
        if EnglishWords.changingVerbs.contains(verb) { return .change }
        guard opensQuestion(word) || EnglishWords.lookingVerbs.contains(verb) && !isPhrasal else { return .open }
        // "find and delete the duplicates"
        let changes = body.indices.dropFirst().contains { index in
            ["and", "then"].contains(body[index - 1].text) && EnglishWords.changingVerbs.contains(body[index].stem)
        }
        return changes ? .open : .look
    }

    /// The step is a question by its form, not only by its verb.
    var isQuestion: Bool { body.first.map { opensQuestion($0.text) } ?? false }

    /// "what changed", "is there a branch", "do I have changes", but not "do the dishes".
    private func opensQuestion(_ word: String) -> Bool {
        if EnglishWords.questionWords.contains(word) { return true }
        guard EnglishWords.questionAuxiliaries.contains(word), let next = body.dropFirst().first else { return false }
        return !["do", "have"].contains(word) || ["i", "we", "you", "they", "these", "those"].contains(next.text)
    }

    /// "check out", "look after", "get rid of": such a verb looks at nothing.
    private var isPhrasal: Bool {
        guard let next = body.dropFirst().first?.text else { return false }
        return ["out", "rid", "after", "off", "back"].contains(next) || next == "in" && body.first?.text == "check"
    }
}
