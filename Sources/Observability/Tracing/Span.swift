import Synchronization

/// A piece of work with a beginning and an end, or nothing at all where nobody records.
///
/// Copies are the same span. Everything said to a span that is not recorded costs a test for nil.
package struct Span: Sendable {
    /// The span that work of this task belongs to.
    @TaskLocal package static var current = Span.none

    package static let none = Span(recording: nil, remote: nil)

    private let recording: SpanRecording?
    /// The context of a span that is not recorded here.
    private let remote: SpanContext?

    private init(recording: SpanRecording?, remote: SpanContext?) {
        self.recording = recording
        self.remote = remote
    }

    init(_ recording: SpanRecording) { self.init(recording: recording, remote: nil) }

    /// A span that somebody else records, or nobody: work under it joins its trace.
    package init(notRecorded context: SpanContext) { self.init(recording: nil, remote: context) }

    package var isRecording: Bool { recording != nil }

    package var context: SpanContext? { recording?.context ?? remote }

    package func set(_ key: AttributeKey, _ value: @autoclosure () -> AttributeValue?) {
        guard let recording, let value = value() else { return }
        recording.update { $0.set(key, value, within: recording.limits) }
    }

    package func set(_ attributes: @autoclosure () -> Attributes) {
        guard let recording else { return }
        let attributes = attributes()
        recording.update { for item in attributes.items { $0.set(item.key, item.value, within: recording.limits) } }
    }

    /// Replaces the name, for work whose name is known only later.
    package func rename(_ name: @autoclosure () -> String) {
        guard let recording else { return }
        let name = name()
        recording.update { $0.name = name }
    }

    package func addEvent(_ name: String, _ attributes: @autoclosure () -> Attributes = [:]) {
        guard let recording else { return }
        let event = SpanEvent(name: name, time: recording.now(), attributes: attributes())
        recording.update { $0.add(event, within: recording.limits) }
    }

    package func addLink(_ link: @autoclosure () -> SpanLink) {
        guard let recording else { return }
        let link = link()
        recording.update { if $0.links.count < recording.limits.links { $0.links.append(link) } }
    }

    /// Says that the work failed.
    ///
    /// - Parameters:
    ///   - type: the class of the failure, of few values (`error.type`).
    ///   - message: what happened, for a reader.
    package func fail(_ type: @autoclosure () -> String, _ message: @autoclosure () -> String? = nil) {
        guard let recording else { return }
        let (type, message) = (type(), message())
        recording.update {
            $0.set(.errorType, .string(type), within: recording.limits)
            $0.status = .error(message)
        }
    }

    /// Whether the work was said to have failed.
    package var hasFailed: Bool {
        guard let recording else { return false }
        return recording.read { if case .error = $0.status { true } else { false } } ?? false
    }

    /// Ends the span; what is said to it afterwards counts for nothing.
    package func end() { recording?.finish() }
}

/// What a span that is recorded keeps until it ends.
final class SpanRecording: Sendable {
    let context: SpanContext
    let limits: SpanLimits
    private let clock: TelemetryClock
    private let begun: UInt64
    private let state: Mutex<SpanData?>
    private let deliver: @Sendable (SpanData) -> Void

    init(
        _ data: SpanData,
        limits: SpanLimits,
        clock: TelemetryClock,
        begun: UInt64,
        deliver: @escaping @Sendable (SpanData) -> Void
    ) {
        context = data.context
        self.limits = limits
        self.clock = clock
        self.begun = begun
        state = Mutex(data)
        self.deliver = deliver
    }

    /// Nanoseconds since 1970, from the span's own beginning, so that a clock that is set does not bend it.
    func now() -> UInt64 {
        let elapsed = clock.monotonic() &- begun
        return state.withLock { ($0?.start ?? 0) &+ elapsed }
    }

    func update(_ change: (inout SpanData) -> Void) {
        state.withLock { data in
            guard var open = data else { return }
            data = nil
            change(&open)
            data = open
        }
    }

    func read<Value: Sendable>(_ look: (SpanData) -> Value) -> Value? { state.withLock { $0.map(look) } }

    func finish() {
        let elapsed = clock.monotonic() &- begun
        let data = state.withLock { data -> SpanData? in
            defer { data = nil }
            return data
        }
        guard var data else { return }
        data.end = data.start &+ elapsed
        deliver(data)
    }
}

extension SpanData {
    mutating func set(_ key: AttributeKey, _ value: AttributeValue, within limits: SpanLimits) {
        guard attributes.count < limits.attributes || attributes[key] != nil else {
            droppedAttributes += 1
            return
        }
        attributes[key] = value
    }

    mutating func add(_ event: SpanEvent, within limits: SpanLimits) {
        if events.count < limits.events { events.append(event) } else { droppedEvents += 1 }
    }
}
