/// Which side of a call a span is about; the numbers are OTLP's.
package enum SpanKind: Int, Sendable, Hashable {
    case `internal` = 1
    case server = 2
    case client = 3
    case producer = 4
    case consumer = 5
}

/// How the work ended; the numbers are OTLP's.
package enum SpanStatus: Sendable, Hashable {
    case unset
    case ok
    case error(String?)

    var code: Int {
        switch self {
        case .unset: 0
        case .ok: 1
        case .error: 2
        }
    }
}

/// Something that happened at one moment of a span.
package struct SpanEvent: Sendable, Hashable {
    package let name: String
    /// Nanoseconds since 1970.
    package let time: UInt64
    package var attributes: Attributes
}

/// Another span that has to do with this one without being its parent.
package struct SpanLink: Sendable, Hashable {
    package let context: SpanContext
    package var attributes: Attributes

    package init(_ context: SpanContext, attributes: Attributes = [:]) {
        self.context = context
        self.attributes = attributes
    }
}

/// A span that has ended.
package struct SpanData: Sendable, Hashable {
    package var name: String
    package var kind: SpanKind
    package var context: SpanContext
    package var parent: SpanContext?
    /// Nanoseconds since 1970.
    package var start: UInt64
    package var end: UInt64
    package var attributes: Attributes
    package var events: [SpanEvent] = []
    package var links: [SpanLink]
    package var status: SpanStatus = .unset
    package var droppedAttributes = 0
    package var droppedEvents = 0
}

/// How much one span may hold; what is beyond is counted and dropped.
package struct SpanLimits: Sendable, Hashable {
    package var attributes = 128
    package var events = 128
    package var links = 128
    /// Most bytes of a text.
    package var textLength = 4_096

    package init() {}
}
