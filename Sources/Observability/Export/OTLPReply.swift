import HTTPTransport
import JSONSchema

/// What a collector answered to one request.
enum OTLPReply: Sendable, Hashable {
    case taken
    /// Part of it was refused, for good.
    case partly(rejected: Int, message: String)
    /// It may be sent again, after that time if the collector named one.
    case again(status: Int, after: Duration?)
    /// It will not be taken.
    case refused(status: Int)

    /// Most bytes of an answer that are read.
    static let maximumLength = 64 << 10

    /// - Parameters:
    ///   - counter: the member that counts what was refused: `rejectedSpans`, `rejectedDataPoints`.
    ///   - now: seconds since 1970.
    init(_ response: HTTPResponse, counter: String, now: Int) {
        switch response.status.code {
        case 200..<300:
            // An answer that cannot be read says nothing against what was sent.
            let reply = try? JSONParser.parse(utf8: response.body)
            let partial = reply?["partialSuccess"]
            let rejected = partial?[counter].flatMap { $0.intValue ?? $0.stringValue.flatMap { Int($0) } } ?? 0
            let message = partial?["errorMessage"]?.stringValue ?? ""
            self = rejected > 0 || !message.isEmpty ? .partly(rejected: max(0, rejected), message: message) : .taken
        case 429, 502, 503, 504:
            self = .again(
                status: response.status.code,
                after: RetryAfter.duration(in: response.headers, now: now)
            )
        default: self = .refused(status: response.status.code)
        }
    }
}
