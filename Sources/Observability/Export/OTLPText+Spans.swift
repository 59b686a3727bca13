package import JSONSchema

extension OTLPText {
    /// `ExportTraceServiceRequest`.
    package static func request(_ spans: [SpanData], resource: Attributes) -> JSONValue {
        [
            "resourceSpans": [
                [
                    "resource": self.resource(resource),
                    "scopeSpans": [
                        ["scope": scope(resource["service.version"]), "spans": .array(spans.map(span))]
                    ],
                ]
            ]
        ]
    }

    private static func span(_ span: SpanData) -> JSONValue {
        var object = JSONObject()
        object["traceId"] = .string(span.context.traceID.description)
        object["spanId"] = .string(span.context.spanID.description)
        if !span.context.state.isEmpty { object["traceState"] = .string(span.context.state.description) }
        if let parent = span.parent { object["parentSpanId"] = .string(parent.spanID.description) }
        object["flags"] = flags(span.context, isRemote: span.parent?.isRemote ?? false)
        object["name"] = .string(span.name)
        object["kind"] = JSONValue(span.kind.rawValue)
        object["startTimeUnixNano"] = .string(String(span.start))
        object["endTimeUnixNano"] = .string(String(span.end))
        object["attributes"] = attributes(span.attributes)
        if span.droppedAttributes > 0 { object["droppedAttributesCount"] = JSONValue(span.droppedAttributes) }
        if !span.events.isEmpty { object["events"] = .array(span.events.map(event)) }
        if span.droppedEvents > 0 { object["droppedEventsCount"] = JSONValue(span.droppedEvents) }
        if !span.links.isEmpty { object["links"] = .array(span.links.map(link)) }
        object["status"] = status(span.status)
        return .object(object)
    }

    private static func event(_ event: SpanEvent) -> JSONValue {
        [
            "timeUnixNano": .string(String(event.time)), "name": .string(event.name),
            "attributes": attributes(event.attributes),
        ]
    }

    private static func link(_ link: SpanLink) -> JSONValue {
        var object = JSONObject()
        object["traceId"] = .string(link.context.traceID.description)
        object["spanId"] = .string(link.context.spanID.description)
        if !link.context.state.isEmpty { object["traceState"] = .string(link.context.state.description) }
        object["attributes"] = attributes(link.attributes)
        object["flags"] = flags(link.context, isRemote: link.context.isRemote)
        return .object(object)
    }

    /// W3C's flags, and in bits 8 and 9 whether it is known, and so, that the other span is one of another program.
    private static func flags(_ context: SpanContext, isRemote: Bool) -> JSONValue {
        JSONValue((context.isSampled ? 1 : 0) | 0x100 | (isRemote ? 0x200 : 0))
    }

    private static func status(_ status: SpanStatus) -> JSONValue {
        var object = JSONObject()
        object["code"] = JSONValue(status.code)
        if case .error(let message?) = status { object["message"] = .string(message) }
        return .object(object)
    }
}
