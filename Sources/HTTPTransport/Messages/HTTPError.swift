/// An exchange that brought no answer, or only a part of one.
///
/// A status such as 404 or 500 is an answer, not an error.
package struct HTTPError: Error, Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The request itself cannot be sent: a bad address, a header with a line break.
        case invalidRequest = "invalid-request"
        case unknownHost = "unknown-host"
        /// Nothing listens there, or the way is blocked.
        case unreachable
        /// The connection cannot be made secret, or the server cannot prove who it is.
        case insecure
        case proxyFailed = "proxy-failed"
        /// No connection in the time allowed.
        case connectTimedOut = "connect-timed-out"
        /// Nothing was received for too long.
        case idleTimedOut = "idle-timed-out"
        /// The whole exchange took too long.
        case timedOut = "timed-out"
        /// The connection broke before the answer was complete.
        case connectionLost = "connection-lost"
        /// What the server sends is not HTTP.
        case malformedResponse = "malformed-response"
        case headersTooLarge = "headers-too-large"
        case bodyTooLarge = "body-too-large"
        /// The answer leads elsewhere, to where it may not be followed.
        case redirectRefused = "redirect-refused"
        /// The address that a name leads to may not be connected to.
        case addressRefused = "address-refused"
        case internalFault = "internal-fault"
    }

    /// What a caller can do next.
    package enum Remedy: Sendable, Hashable {
        /// The same request may succeed later.
        case retry
        /// The request or the configuration must be changed.
        case fixRequest
        /// Neither will help.
        case giveUp
    }

    package var kind: Kind
    /// Where: the server or address, without secrets; nil before one is known.
    package var place: String?
    /// What happened, safe to show and free of secrets.
    package var detail: String

    package init(_ kind: Kind, place: String? = nil, detail: String) {
        self.kind = kind
        self.place = place
        self.detail = detail
    }

    package var remedy: Remedy {
        switch kind {
        case .unknownHost, .unreachable, .connectTimedOut, .idleTimedOut, .timedOut, .connectionLost: .retry
        case .invalidRequest, .insecure, .proxyFailed, .redirectRefused, .addressRefused: .fixRequest
        case .malformedResponse, .headersTooLarge, .bodyTooLarge, .internalFault: .giveUp
        }
    }
}

extension HTTPError: CustomStringConvertible {
    package var description: String {
        let problem =
            switch kind {
            case .invalidRequest: "the request cannot be sent"
            case .unknownHost: "the host is not known; check the address and the network"
            case .unreachable: "no connection; check that the server runs and the address is right"
            case .insecure:
                "no secure connection; name the authority's certificates with SSL_CERT_FILE if they are your own"
            case .proxyFailed: "the proxy does not let the request through; check the proxy settings"
            case .connectTimedOut: "no connection in the time allowed"
            case .idleTimedOut: "nothing was received for too long"
            case .timedOut: "the exchange took too long"
            case .connectionLost: "the connection broke"
            case .malformedResponse: "the server's answer is not HTTP"
            case .headersTooLarge: "the headers of the answer are too large"
            case .bodyTooLarge: "the answer is too large"
            case .redirectRefused: "the answer leads to another place, which is not followed"
            case .addressRefused: "the server has an address that may not be connected to"
            case .internalFault: "the transport failed"
            }
        return (place.map { "\($0): " } ?? "") + problem + (detail.isEmpty ? "" : " (\(detail))")
    }
}
