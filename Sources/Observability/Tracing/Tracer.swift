/// Begins spans, and hands over those that have ended.
package struct Tracer: Sendable {
    package let sampler: Sampler
    package let limits: SpanLimits
    let clock: TelemetryClock
    private let deliver: @Sendable (SpanData) -> Void

    /// - Parameter deliver: takes a span that has ended; called on the task that ended it, must not wait.
    package init(
        sampler: Sampler = Sampler(),
        limits: SpanLimits = SpanLimits(),
        clock: TelemetryClock = .system,
        deliver: @escaping @Sendable (SpanData) -> Void
    ) {
        self.sampler = sampler
        self.limits = limits
        self.clock = clock
        self.deliver = deliver
    }

    /// Begins a span below `parent`, or a trace of its own.
    package func begin(
        _ name: String,
        kind: SpanKind = .internal,
        parent: SpanContext?,
        links: [SpanLink] = [],
        attributes: () -> Attributes = { [:] }
    ) -> Span {
        let traceID = parent?.traceID ?? .random()
        var context = SpanContext(
            traceID: traceID,
            spanID: .random(),
            isSampled: sampler.samples(traceID, parent: parent),
            state: parent?.state ?? TraceState()
        )
        guard context.isSampled else {
            // Nobody will see a span of ours: what follows hangs below the last one that somebody may see.
            if let parent { context.spanID = parent.spanID }
            return Span(notRecorded: context)
        }
        let data = SpanData(
            name: name,
            kind: kind,
            context: context,
            parent: parent,
            start: clock.wall(),
            end: 0,
            attributes: attributes(),
            links: Array(links.prefix(limits.links))
        )
        return Span(SpanRecording(data, limits: limits, clock: clock, begun: clock.monotonic(), deliver: deliver))
    }
}
