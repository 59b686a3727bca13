/// Why a model's answer is no usable plan, in the words it is sent back with.
package enum RevisionFault: Error, Sendable, Hashable, CustomStringConvertible {
    case empty
    /// It declined, or its provider withheld the answer; asking again is of no use.
    case declined(String)
    /// There is no list of steps in it.
    case noList(String)
    /// The list ends before its bracket.
    case breaksOff(after: Int)
    /// The list has no element that says what to do.
    case noSteps
    case tooManySteps(Int, limit: Int)
    /// So many more, or fewer, steps than the draft that one of the two must be wrong.
    case unlikelyCount(Int, draft: Int)
    /// Written in a language that is neither the request's nor English.
    case otherLanguage
    /// Steps that share no word with the request or its draft.
    case unrelated([Int])

    /// Whether the model may do better when it is told.
    package var isRepairable: Bool {
        if case .declined = self { false } else { true }
    }

    var isTooLong: Bool {
        if case .breaksOff = self { true } else { false }
    }

    package var description: String {
        switch self {
        case .empty: "it is empty"
        case .declined(let words): "it declines (\"\(words)\")"
        case .noList(let words): "it has no JSON list of steps (\"\(words)\")"
        case .breaksOff(let count): "its list of steps breaks off after step \(count)"
        case .noSteps: "its list has no step with a text"
        case .tooManySteps(let count, let limit): "it has \(count) steps, more than the \(limit) a request may have"
        case .unlikelyCount(let count, let draft):
            "it has \(count) \(count == 1 ? "step" : "steps") where the draft has \(draft); "
                + "list every step that is asked for, and no other"
        case .otherLanguage: "its steps are not in the language of the request"
        case .unrelated(let steps):
            "\(steps.count == 1 ? "step" : "steps") \(steps.map(String.init).joined(separator: ", ")) "
                + "have nothing to do with the request"
        }
    }
}
