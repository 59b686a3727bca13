/// Decides which traces are recorded.
package struct Sampler: Sendable, Hashable {
    /// What is decided for a trace that begins here.
    package enum Root: Sendable, Hashable {
        case always
        case never
        /// The share of traces that is recorded, 0 … 1; programs that use the same share agree on each trace.
        case share(Double)
    }

    package var root: Root
    /// Whether a span follows the decision of its parent, where it has one.
    package var followsParent: Bool

    package init(_ root: Root = .always, followsParent: Bool = true) {
        self.root = root
        self.followsParent = followsParent
    }

    func samples(_ traceID: TraceID, parent: SpanContext?) -> Bool {
        if followsParent, let parent { return parent.isSampled }
        switch root {
        case .always: return true
        case .never: return false
        case .share(let share):
            // The lower 63 bits of the id as a number, as the SDKs of other languages take it.
            guard share < 1 else { return true }
            return Double(traceID.low >> 1) < max(0, share) * 0x1p63
        }
    }
}
