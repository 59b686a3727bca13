import Observability

extension TraceContext {
    /// The place in a trace it speaks of; nil where it speaks of none, or is broken.
    var context: SpanContext? {
        SpanContext(traceparent: values["traceparent"], tracestate: values["tracestate"])
    }

    /// This, with the place of `span` where it has one: the other side's work belongs below it.
    ///
    /// What else the caller was told to pass on, such as baggage, goes along only where it is in this already.
    func joined(by span: Span) -> TraceContext {
        guard let context = span.context else { return self }
        var joined = self
        joined.values["traceparent"] = context.traceparent
        joined.values["tracestate"] = context.state.isEmpty ? nil : context.state.description
        return joined
    }
}
