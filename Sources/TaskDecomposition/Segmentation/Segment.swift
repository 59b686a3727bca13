/// The smallest piece a request is cut into: at most one action, with the words that lead up to it.
package struct Segment: Sendable, Hashable {
    /// Bytes of the request, without the punctuation at either end; never empty.
    package var span: Range<Int>
    /// The tokens it is made of.
    package var tokens: Range<Int>
    /// What stands between this segment and the one before it.
    package var boundary: Boundary
    /// The connective that opens it: `and` in "and plot it".
    package var connective: Connective?
    /// First token after connectives, discourse words and politeness; `tokens.upperBound` when nothing is left.
    package var head: Int
    /// Number of the sentence, or list item, from 0.
    package var sentence: Int
    package var role: SegmentRole
    package var cues: SegmentCues
    /// How clear the cue for the role was, 0…1.
    package var confidence: Double

    /// The tokens that say something: without connectives, discourse words and politeness.
    package var body: Range<Int> { head..<tokens.upperBound }
}

/// What ends a segment and so begins the next one, from strong to weak.
package enum Boundary: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// The request begins.
    case start
    /// A marker such as `2.` or `-`, or a paragraph, begins.
    case listItem
    case sentence
    case line
    case semicolon
    case colon
    case dash
    case comma
    /// A connective alone.
    case word

    package static func < (left: Boundary, right: Boundary) -> Bool { left.rawValue < right.rawValue }

    /// A new sentence begins, whatever the words are.
    package var startsSentence: Bool { self <= .line }
}

/// A word or two that join a clause to the one before it, by what they say about the two.
package enum Connective: Sendable, Hashable, CaseIterable {
    /// `and`, `as well as`, `along with`, `plus`: joins clauses or objects alike.
    case and
    /// `then`, `and then`, `after that`, `followed by`, `finally`: something else follows in time.
    case then
    /// `also`, `and also`, `additionally`: something else is wanted.
    case also
    case but
    case or
    /// `before sending it`: named later, done earlier or in between.
    case before
}
