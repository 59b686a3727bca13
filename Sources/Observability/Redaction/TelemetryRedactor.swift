package import HTTPTransport

/// Hides secrets in everything that leaves as telemetry: attributes, log fields, messages.
///
/// Hidden are the texts it was told of, and what looks like a secret wherever it stands (`SecretPatterns`).
package struct TelemetryRedactor: Sendable {
    private let secrets: [Secret]

    /// - Parameter secrets: longest first, so that one that holds another is hidden whole.
    package init(_ secrets: [Secret] = []) { self.secrets = secrets }

    package func redacted(_ text: String) -> String {
        guard !text.isEmpty else { return text }
        return SecretPatterns.hidden(in: secrets.reduce(text) { $1.hidden(in: $0) })
    }

    package func redacted(_ attributes: Attributes) -> Attributes {
        var shown = attributes.mapTexts(redacted)
        for item in attributes.items where SecretPatterns.isSecretName(item.key.name) {
            if case .string = item.value { shown[item.key] = .string(Redaction.mark) }
            if case .strings = item.value { shown[item.key] = .string(Redaction.mark) }
        }
        return shown
    }

    /// The span as it may be seen; texts that are too long are cut only then, so that no half of a secret is left.
    package func redacted(_ span: SpanData, limits: SpanLimits) -> SpanData {
        func shown(_ text: String) -> String { redacted(text).cut(to: limits.textLength) }
        func shown(_ attributes: Attributes) -> Attributes {
            redacted(attributes).mapTexts { $0.cut(to: limits.textLength) }
        }
        var span = span
        span.name = shown(span.name)
        span.attributes = shown(span.attributes)
        for index in span.events.indices { span.events[index].attributes = shown(span.events[index].attributes) }
        for index in span.links.indices { span.links[index].attributes = shown(span.links[index].attributes) }
        if case .error(let message?) = span.status { span.status = .error(shown(message)) }
        return span
    }
}

extension String {
    /// No more than that many bytes of this text, and a sign that there was more.
    func cut(to length: Int) -> String {
        guard utf8.count > length else { return self }
        return String(decoding: utf8.prefix(max(0, length - 3)), as: UTF8.self) + "…"
    }
}
