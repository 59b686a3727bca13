package import HTTPTransport

/// An attempt that brought no reply, and what follows from that.
package struct EndpointFailure: CallFailure, Sendable, Hashable {
    package var error: ChatModelError
    /// The same attempt may succeed later.
    package var isTransient: Bool
    /// It speaks against the server, or the way to it; a wrong request does not.
    package var countsAgainstServer: Bool
    /// What the server said, where it answered.
    var body: EndpointErrorBody?

    package var retryAfter: Duration? { error.retryAfter }

    /// No answer at all, or half of one.
    init(_ error: HTTPError, model: String) {
        let kind: ChatModelError.Kind =
            switch error.kind {
            case .unknownHost, .unreachable, .connectionLost, .insecure, .proxyFailed, .connectTimedOut: .unreachable
            case .idleTimedOut, .timedOut: .timedOut
            case .invalidRequest, .redirectRefused, .addressRefused: .rejected
            case .malformedResponse, .headersTooLarge, .bodyTooLarge, .internalFault: .malformedReply
            }
        self.error = ChatModelError(kind, model: model, detail: error.description)
        isTransient = error.remedy == .retry
        countsAgainstServer = isTransient
    }

    /// An answer whose status is none of success.
    init(_ response: HTTPResponse, from endpoint: ChatEndpoint, now: Int) {
        let said = EndpointErrorBody(response.body, mediaType: response.headers.mediaType, hiding: endpoint.key)
        let status = response.status
        let kind = Self.kind(status, said)
        var detail = "\(status)" + (said.message.isEmpty ? "" : ", \(said.message)") + " (\(endpoint.address))"
        if status == 404 { detail += "; check the model's name and the address" }
        if status.isRedirection, let location = response.headers["Location"], let url = try? HTTPURL(location) {
            detail += "; it leads to \(url.origin), which is not followed"
        }
        error = ChatModelError(
            kind,
            model: endpoint.model,
            detail: detail,
            retryAfter: RetryAfter.duration(in: response.headers, now: now)
        )
        isTransient = kind == .overloaded
        countsAgainstServer = kind == .overloaded && status != 429
        body = said
    }

    private static func kind(_ status: HTTPStatus, _ said: EndpointErrorBody) -> ChatModelError.Kind {
        switch status.code {
        case 401, 403: .unauthorized
        case 413: .promptTooLong
        case 408, 425: .overloaded
        case 429: said.saysQuotaUsedUp ? .rejected : .overloaded
        case 400..<500, 500...599:
            said.saysPromptTooLong ? .promptTooLong : status < 500 || status == 501 ? .rejected : .overloaded
        default: .rejected
        }
    }
}

extension ChatEndpoint: CalledService {
    package func failure(_ error: HTTPError) -> EndpointFailure { EndpointFailure(error, model: model) }

    package func failure(_ response: HTTPResponse, now: Int) -> EndpointFailure {
        EndpointFailure(response, from: self, now: now)
    }

    package func suspension(retryAfter: Duration?) -> EndpointFailure {
        let detail =
            "it failed again and again"
            + (retryAfter.map { "; the next try is in \($0)" } ?? "; it is being tried out")
        var failure = EndpointFailure(HTTPError(.unreachable, detail: ""), model: model)
        failure.error = ChatModelError(.suspended, model: model, detail: detail, retryAfter: retryAfter)
        return failure
    }
}
