package import HTTPTransport

/// Carries messages between a client and one server.
///
/// Contract: `exchange` ends by the response with the identifier of the request, by a `ConnectionError`, or by
/// `CancellationError` as soon as its task is cancelled, with the server told so; several may run at once; after `close`
/// nothing of the server is left on this machine.
package protocol ClientTransport: Sendable {
    /// Connects; what the server says of its own accord goes to `inbox`.
    func open(_ inbox: ClientInbox) async throws

    /// Sends a request and waits for its response.
    func exchange(_ request: Message.Request, _ delivery: Delivery) async throws -> Message.Response

    /// Sends a notification.
    func notify(_ notification: Message.Notification, _ delivery: Delivery) async throws

    /// The handshake of the legacy era is done: what only that era has may begin.
    func beganSession(_ version: ProtocolVersion) async

    /// Ends the connection.
    func close() async

    /// How this server's era is found out.
    var probing: EraProbing { get }

    /// `pipe` or `tcp`, for telemetry; nil where it is neither.
    var networkTransport: String? { get }
}

extension ClientTransport {
    package var networkTransport: String? { nil }
}

/// How a client finds out which era a server speaks.
package enum EraProbing: Sendable, Hashable {
    /// Any error, and silence for so long, mean the legacy era.
    case anyErrorIsLegacy(silence: Duration)
    /// A status with a body that is no modern error means the legacy era.
    case refusalIsLegacy
}

/// How one message is to travel.
package struct Delivery: Sendable {
    /// Nil before a version is agreed on.
    package var version: ProtocolVersion?
    /// Arguments that are repeated in headers, over HTTP.
    package var headers: HTTPHeaders
    /// Longest time without an answer.
    package var timeout: Duration

    package init(version: ProtocolVersion?, headers: HTTPHeaders = [:], timeout: Duration = .seconds(60)) {
        self.version = version
        self.headers = headers
        self.timeout = timeout
    }
}

/// Takes what a server says without being asked.
package struct ClientInbox: Sendable {
    package var notification: @Sendable (Message.Notification) -> Void
    /// A request of the server, in the legacy era.
    package var request: @Sendable (Message.Request) async -> Message.Response
    /// The connection broke.
    package var ended: @Sendable (ConnectionError) -> Void

    package init(
        notification: @escaping @Sendable (Message.Notification) -> Void,
        request: @escaping @Sendable (Message.Request) async -> Message.Response,
        ended: @escaping @Sendable (ConnectionError) -> Void
    ) {
        self.notification = notification
        self.request = request
        self.ended = ended
    }
}
