/// Does `body` within a span: what it calls becomes a child of that span, without a parameter passed on.
///
/// Where nothing records, `body` is called and that is all: neither name nor attributes are made. An error that leaves
/// `body` makes the span a failed one, unless `body` said more about it.
///
/// - Parameters:
///   - parent: what the span hangs below; the current span by default.
///   - links: spans it has to do with.
package func withSpan<Value, Failure: Error>(
    _ name: @autoclosure () -> String,
    kind: SpanKind = .internal,
    parent: SpanParent = .current,
    links: @autoclosure () -> [SpanLink] = [],
    attributes: @autoclosure () -> Attributes = [:],
    isolation: isolated (any Actor)? = #isolation,
    _ body: (Span) async throws(Failure) -> Value
) async throws(Failure) -> Value {
    guard let tracer = Telemetry.current.tracer else { return try await body(.none) }
    let span = tracer.begin(name(), kind: kind, parent: parent.context, links: links(), attributes: attributes)
    let result = await span.whileCurrent { () async -> Result<Value, Failure> in
        do throws(Failure) { return .success(try await body(span)) } catch { return .failure(error) }
    }
    if case .failure(let error) = result { span.fail(with: error) }
    span.end()
    return try result.get()
}

/// What a span hangs below.
package enum SpanParent: Sendable {
    /// The span of the task, or none.
    case current
    /// Nothing: a trace begins.
    case none
    case context(SpanContext)

    var context: SpanContext? {
        switch self {
        case .current: Span.current.context
        case .none: nil
        case .context(let context): context
        }
    }
}

extension Span {
    /// Does `body` with this as the task's span.
    package func whileCurrent<Value>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Value
    ) async rethrows -> Value {
        try await Span.$current.withValue(self, operation: body)
    }

    /// Says that the work ended with an error, unless it was said already.
    package func fail(with error: any Error) {
        guard isRecording, !hasFailed else { return }
        fail(ErrorType.name(of: error))
    }
}
