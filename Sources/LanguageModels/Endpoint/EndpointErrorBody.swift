import HTTPTransport
import JSONSchema

/// What a server says about an error, whatever shape it says it in.
struct EndpointErrorBody: Sendable, Hashable {
    /// One line for people; empty where the server says nothing.
    var message = ""
    /// The server's own words for the kind of error: its type and its code.
    var words: [String] = []
    /// The parameter that is at fault.
    var parameter: String?

    /// Longest message that is kept, in characters.
    private static let maximumLength = 300

    /// Reads `{"error": {…}}`, `{"error": "…"}`, `{"message": …}`, `{"detail": …}`, a list of such, a web page, or text.
    ///
    /// - Parameter secret: hidden where the server repeats it.
    init(_ body: [UInt8], mediaType: String? = nil, hiding secret: Secret?) {
        let text = String(decoding: body.prefix(64 << 10), as: UTF8.self)
        if let value = try? JSONParser.parse(utf8: body) {
            read(value)
        } else if mediaType == "text/html" || text.prefix(400).lowercased().contains("<html") {
            message = "a web page" + (Self.title(of: text).map { ": \($0)" } ?? "")
        } else {
            message = text
        }
        message = Self.line(message)
        if let secret { message = secret.hidden(in: message) }
    }

    /// Reads the error inside of an answer; nil where the answer holds none.
    init?(in answer: JSONValue, hiding secret: Secret?) {
        guard let error = answer["error"], error != .null else { return nil }
        read(answer)
        message = Self.line(message)
        if let secret { message = secret.hidden(in: message) }
        if message.isEmpty { message = "an error without a message" }
    }

    private mutating func read(_ value: JSONValue) {
        switch value {
        case .string(let text): message = text
        case .array(let values):
            if let first = values.first { read(first) }
        case .object(let members):
            for name in ["type", "code"] {
                if let word = members[name]?.stringValue { words.append(word.lowercased()) }
            }
            parameter = parameter ?? members["param"]?.stringValue
            for name in ["error", "errors", "message", "detail", "msg"] {
                guard message.isEmpty, let part = members[name] else { continue }
                read(part)
            }
        default: break
        }
    }

    private static func title(of page: String) -> String? {
        let lowered = page.lowercased()
        guard lowered.utf8.count == page.utf8.count, let start = lowered.firstRange(of: "<title>"),
            let end = lowered[start.upperBound...].firstRange(of: "</title>")
        else { return nil }
        return String(lowered[start.upperBound..<end.lowerBound].prefix(100))
    }

    /// One line of readable characters.
    private static func line(_ text: String) -> String {
        let scalars = text.prefix(maximumLength * 4).unicodeScalars.map { scalar -> Character in
            scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                ? " " : Character(scalar)
        }
        let words = String(scalars).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > maximumLength ? words.prefix(maximumLength) + "…" : words
    }

    // MARK: - What it means

    /// The conversation does not fit the model's context.
    var saysPromptTooLong: Bool {
        if words.contains(where: {
            $0.contains("context_length") || $0.contains("context_size") || $0 == "request_too_large"
        }) {
            return true
        }
        let text = message.lowercased()
        return [
            "context length", "context size", "context window", "prompt is too long", "prompt too long",
            "too many tokens", "must be at least 1, got -", "input is too long", "input length", "maximum context",
            "exceed context",
        ].contains { text.contains($0) }
    }

    /// Waiting will not help: what was paid for is used up.
    var saysQuotaUsedUp: Bool {
        words.contains("insufficient_quota") || words.contains("billing_error")
    }

    /// Whether the server says that it does not know, or does not support, what it was sent under that name.
    func refuses(_ name: String) -> Bool {
        guard names(name) else { return false }
        let text = message.lowercased()
        return words.contains { $0.contains("unsupported") || $0.contains("unknown_parameter") }
            || [
                "support", "unknown", "unrecognized", "unrecognised", "unexpected", "extra ", "not permitted",
                "not allowed", "forbidden", "not implemented", "deprecated", "cannot both", "may not be",
            ].contains { text.contains($0) }
    }

    /// Whether the server has anything against what it was sent under that name.
    func objects(to name: String) -> Bool {
        let text = message.lowercased()
        return names(name) && ["invalid", "must be", "failed", "cannot", "error"].contains { text.contains($0) }
    }

    private func names(_ name: String) -> Bool { parameter == name || message.lowercased().contains(name) }

    /// What an error means that comes without a status of its own, inside of an answer.
    var kind: ChatModelError.Kind {
        if saysPromptTooLong { return .promptTooLong }
        let busy: Set = [
            "overloaded_error", "rate_limit_error", "api_error", "server_error", "unavailable_error", "timeout_error",
            "rate_limit_exceeded",
        ]
        return words.contains { busy.contains($0) } ? .overloaded : .rejected
    }
}
