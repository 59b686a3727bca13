/// What a segment does in a request.
package enum SegmentRole: String, Sendable, Hashable, CaseIterable {
    /// Asks for something to be done: begins a step.
    case action
    /// Says how, with what or under which condition a step is done: stays with its step.
    case parameter
    /// Tells a story and asks for nothing: dropped when anything else is left.
    case context
    /// Says that requests follow: "I need help with two things".
    case announcement
    /// The rest of the clause before it: an object, a place, another item of a list.
    case continuation
}
