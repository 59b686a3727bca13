/// What of a span goes over a border, so that what happens there joins its trace (W3C Trace Context, level 1).
package struct SpanContext: Sendable, Hashable {
    package var traceID: TraceID
    package var spanID: SpanID
    /// Whether the trace is recorded by who began it.
    package var isSampled: Bool
    package var state: TraceState
    /// It came from another program.
    package var isRemote: Bool

    package init(
        traceID: TraceID,
        spanID: SpanID,
        isSampled: Bool,
        state: TraceState = TraceState(),
        isRemote: Bool = false
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
        self.isRemote = isRemote
    }

    /// Reads the two headers of a caller; nil where the first is missing or broken, and the second then counts for nothing.
    ///
    /// A version above `00` is read as far as `00` goes; a broken `tracestate` is dropped.
    package init?(traceparent: String?, tracestate: String? = nil) {
        guard let traceparent, traceparent.utf8.count >= 55, traceparent.utf8.count <= 512 else { return nil }
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].utf8.count == 2, parts[3].utf8.count == 2,
            let version = Hexadecimal.value(parts[0].utf8), version != 0xFF, version > 0 || parts.count == 4,
            let traceID = TraceID(parts[1]), let spanID = SpanID(parts[2]),
            let flags = Hexadecimal.value(parts[3].utf8)
        else { return nil }
        self.init(
            traceID: traceID,
            spanID: spanID,
            isSampled: flags & 1 == 1,
            state: tracestate.flatMap { TraceState($0) } ?? TraceState(),
            isRemote: true
        )
    }

    package var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }
}
