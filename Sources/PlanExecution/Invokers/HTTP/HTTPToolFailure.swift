import HTTPTransport

/// What answers and errors of HTTP mean for a call.
extension ToolFailure {
    /// The failure an answer stands for; nil where it is a success.
    ///
    /// - Parameters:
    ///   - isRepeatable: asking twice does what asking once does.
    ///   - now: seconds since 1970, for waits that the server gives as a date.
    init?(_ response: HTTPResponse, name: String, isRepeatable: Bool, now: Int) {
        let status = response.status
        guard !status.isSuccess else { return nil }
        let said = MessageCleaning.cut(response.text.split(whereSeparator: \.isNewline).joined(separator: " "), to: 300)
        let message = "\(name): the server answered \(status)" + (said.isEmpty ? "" : ": \(said)")
        var kind = Kind.permanent
        var effect = Effect.none
        switch status.code {
        case 408, 425, 429, 503: kind = .transient
        case 500...599:
            kind = .transient
            // A server that breaks, or a gateway that lost it, may have done the work.
            if !isRepeatable { effect = .unknown }
        case 400, 405, 409, 411, 412, 413, 414, 415, 422, 428: kind = .invalidInput
        case 401, 402, 403, 407, 451: kind = .policy
        default: break
        }
        let wait = kind == .transient ? RetryAfter.duration(in: response.headers, now: now) : nil
        self.init(kind, code: "http-\(status.code)", message, effect: effect, retryAfter: wait)
    }

    /// The failure an exchange without an answer stands for.
    init(_ error: HTTPError, name: String, isRepeatable: Bool) {
        let neverSent: Bool
        let kind: Kind
        switch error.kind {
        case .invalidRequest: (kind, neverSent) = (.invalidInput, true)
        case .unknownHost, .unreachable, .connectTimedOut: (kind, neverSent) = (.transient, true)
        case .insecure, .proxyFailed: (kind, neverSent) = (.permanent, true)
        case .addressRefused: (kind, neverSent) = (.policy, true)
        case .idleTimedOut, .timedOut, .connectionLost: (kind, neverSent) = (.transient, false)
        case .malformedResponse, .headersTooLarge, .bodyTooLarge, .redirectRefused, .internalFault:
            (kind, neverSent) = (.permanent, false)
        }
        self.init(
            kind,
            code: Self.code(of: error.kind),
            "\(name): \(error)",
            effect: neverSent || isRepeatable ? .none : .unknown
        )
    }

    private static func code(of kind: HTTPError.Kind) -> String {
        switch kind {
        case .bodyTooLarge: "result-too-large"
        case .addressRefused: "address-not-granted"
        default: kind.rawValue
        }
    }
}
