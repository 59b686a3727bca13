package import HTTPTransport
import JSONSchema
import Synchronization

/// A server over HTTP: every message is a POST of its own, answered by a JSON object or a stream of events.
///
/// In the legacy era the session the server names is kept, and a GET stream listens to what it says of its own accord.
package final class StreamableHTTPTransport: ClientTransport {
    private struct State {
        var inbox: ClientInbox?
        var session: String?
        var version: ProtocolVersion?
        var listener: Task<Void, Never>?
        /// What is under way, by its number.
        var exchanges: [Int: Task<Message.Response, any Error>] = [:]
        var lastExchange = 0
        var isClosed = false
    }

    /// Questions of a server that are worked on at once; others are refused.
    private static let maximumQuestions = 16

    package let server: RemoteServer
    let client: any HTTPClient
    private let authorizer: (any RequestAuthorizer)?
    private let state = Mutex(State())
    /// How many questions of the server are not answered yet.
    private let questions = Mutex(0)

    package init(_ server: RemoteServer, client: any HTTPClient, authorizer: (any RequestAuthorizer)? = nil) {
        self.server = server
        self.client = client
        self.authorizer = authorizer
    }

    deinit { state.withLock { $0.listener?.cancel() } }

    package var networkTransport: String? { "tcp" }

    package var probing: EraProbing { .refusalIsLegacy }

    package func open(_ inbox: ClientInbox) async throws { state.withLock { $0.inbox = inbox } }

    package func exchange(_ request: Message.Request, _ delivery: Delivery) async throws -> Message.Response {
        let work = Task { [self] in
            try await withDeadline(delivery.timeout) { [self] in
                let (response, session) = try await post(.request(request), delivery)
                if request.method == Method.initialize, response.status.isSuccess {
                    state.withLock { $0.session = Self.session(of: response.headers) }
                }
                return try await read(response, as: request.id, session)
            }
        }
        let number = state.withLock { state in
            state.lastExchange += 1
            if !state.isClosed { state.exchanges[state.lastExchange] = work }
            return state.lastExchange
        }
        defer { state.withLock { _ = $0.exchanges.removeValue(forKey: number) } }
        do {
            return try await withTaskCancellationHandler {
                try await work.value
            } onCancel: {
                work.cancel()
            }
        } catch {
            // A transfer that is cut off may say so in words of its own.
            let reason: any Error = Task.isCancelled ? CancellationError() : error
            tellCancelled(request, reason, delivery)
            if reason is CancellationError, !Task.isCancelled { throw ConnectionError.closed }
            throw reason
        }
    }

    /// In the modern era the server sees that the connection is closed; in the legacy era it must be told
    /// (2025-11-25, transports, "Sending Messages to the Server": a disconnection is no cancellation).
    private func tellCancelled(_ request: Message.Request, _ reason: any Error, _ delivery: Delivery) {
        guard let version = delivery.version, version.era == .legacy, request.method != Method.initialize else {
            return
        }
        switch reason {
        case is CancellationError, ConnectionError.timedOut: break
        default: return
        }
        let notification = Message.Notification(
            Method.cancelled,
            ["requestId": request.id.json, "reason": .string("nobody waits for it any more")]
        )
        // Its own task: this one is cancelled, and nobody waits.
        Task { [self] in try? await notify(notification, Delivery(version: version, timeout: .seconds(5))) }
    }

    package func notify(_ notification: Message.Notification, _ delivery: Delivery) async throws {
        try await withDeadline(delivery.timeout) { [self] in
            _ = try await collected(try await post(.notification(notification), delivery).response)
        }
    }

    package func beganSession(_ version: ProtocolVersion) async {
        state.withLock { state in
            state.version = version
            state.listener?.cancel()
            state.listener = Task { [weak self] in await self?.listen() }
        }
    }

    package func close() async {
        let (session, version, listener, exchanges) = state.withLock { state in
            state.isClosed = true
            state.inbox = nil
            defer { state.exchanges = [:] }
            return (state.session, state.version, state.listener, Array(state.exchanges.values))
        }
        listener?.cancel()
        for exchange in exchanges { exchange.cancel() }
        guard session != nil, let version else { return }
        // The session would end by itself some day; a server that is gone is not waited for.
        _ = try? await withDeadline(.seconds(2)) { [self] in
            let headers = try await headers(Delivery(version: version))
            _ = try await client.send(HTTPRequest(.delete, server.url, headers: headers))
        }
    }

    // MARK: - Sending

    /// - Returns: the answer, and the session the message was sent in.
    private func post(
        _ message: Message,
        _ delivery: Delivery
    ) async throws -> (response: HTTPStreamingResponse, session: String?) {
        guard !state.withLock({ $0.isClosed }) else { throw ConnectionError.closed }
        var headers = try await headers(delivery)
        if case .request(let request) = message, delivery.version?.era == .modern, let version = delivery.version {
            for field in MirroredHeaders.headers(for: request, version).fields { headers[field.name] = field.value }
        }
        headers["Content-Type"] = "application/json"
        headers["Accept"] = "application/json, text/event-stream"
        // Each event of a stream is bounded, not all of them: one that listens lasts long.
        let limits = HTTPLimits(
            // Whoever sends holds to the timeout; this only ends what nobody waits for.
            idleTimeout: delivery.timeout + .seconds(1),
            totalTimeout: delivery.timeout + .seconds(1),
            maximumBodyBytes: Int.max
        )
        var request = HTTPRequest(.post, server.url, headers: headers, body: message.line, limits: limits)
        var response = try await send(request)
        if response.status == 401 || response.status == 403, let authorizer {
            let challenge = AuthorizationChallenge(response.head)
            if try await authorizer.renew(after: challenge, refused: request.headers["Authorization"]),
                let authorization = try await authorizer.authorization()
            {
                request.headers["Authorization"] = authorization
                response = try await send(request)
            }
        }
        if response.status == 401 {
            var challenge = AuthorizationChallenge(response.head)
            challenge.remedy = authorizer?.remedy
            throw ConnectionError.unauthorized(challenge)
        }
        return (response, headers[MirroredHeaders.session])
    }

    func headers(_ delivery: Delivery) async throws -> HTTPHeaders {
        var headers = server.headers
        let session = state.withLock { $0.session }
        if let version = delivery.version {
            headers[MirroredHeaders.version] = version.rawValue
            if version.era == .legacy { headers[MirroredHeaders.session] = session }
        }
        for field in delivery.headers.fields { headers[field.name] = field.value }
        if let authorization = try await authorizer?.authorization() { headers["Authorization"] = authorization }
        return headers
    }

    func send(_ request: HTTPRequest) async throws -> HTTPStreamingResponse {
        do { return try await client.stream(request) } catch let error as HTTPError {
            if error.kind == .timedOut || error.kind == .idleTimedOut, let limit = request.limits.totalTimeout {
                throw ConnectionError.timedOut(after: limit)
            }
            throw ConnectionError.network(error)
        }
    }

    // MARK: - Receiving

    /// A whole body, as long as it is no longer than a message may be.
    private func collected(_ response: HTTPStreamingResponse) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await piece in response.body {
                bytes += piece
                guard bytes.count <= server.maximumMessageBytes else {
                    throw ConnectionError.tooLarge(limit: server.maximumMessageBytes)
                }
            }
        } catch let error as HTTPError {
            throw Self.problem(error, server)
        }
        return bytes
    }

    private func read(
        _ response: HTTPStreamingResponse,
        as id: RequestID,
        _ session: String?
    ) async throws -> Message.Response {
        if response.headers.mediaType == "text/event-stream", response.status.isSuccess {
            return try await readEvents(response.body, until: id)
        }
        let body = try await collected(response)
        // Whatever else it says: a session that is not found is over (2025-11-25, "Session Management").
        if response.status == 404, session != nil { throw ConnectionError.sessionExpired }
        if response.headers.mediaType == "application/json", let message = try? Message(bytes: body),
            case .response(let answer) = message, answer.id == id || answer.id == nil
        {
            if case .success = answer.outcome, !response.status.isSuccess {
                throw ConnectionError.refused(response.status, "")
            }
            return Message.Response(id: id, answer.outcome)
        }
        guard response.status.isSuccess else {
            throw ConnectionError.refused(response.status, Excerpt.of(body))
        }
        throw ConnectionError.malformed("its answer holds no response to the request: \(Excerpt.of(body))")
    }

    private func readEvents(_ body: HTTPBody, until id: RequestID) async throws -> Message.Response {
        var parser = ServerSentEventParser(limit: server.maximumMessageBytes)
        do {
            for try await piece in body {
                for event in try parser.receive(piece) {
                    if let response = try take(event), response.id == id { return response }
                }
            }
            for event in parser.finish() {
                if let response = try take(event), response.id == id { return response }
            }
        } catch is ServerSentEventParser.EventTooLarge {
            throw ConnectionError.tooLarge(limit: server.maximumMessageBytes)
        } catch let error as HTTPError {
            throw Self.problem(error, server)
        }
        throw ConnectionError.ended("its stream of events ended before the response")
    }

    /// Hands on what an event holds; a response is returned.
    func take(_ event: ServerSentEvent) throws(ConnectionError) -> Message.Response? {
        // Events without data keep the connection open or name a place to resume at.
        guard event.name == "message", !event.data.isEmpty else { return nil }
        let message: Message
        do { message = try Message(bytes: Array(event.data.utf8)) } catch {
            throw .malformed("an event of its stream: \(error.error.message)")
        }
        let inbox = state.withLock { $0.inbox }
        switch message {
        case .response(let response): return response
        case .notification(let notification): inbox?.notification(notification)
        case .request(let request):
            guard let inbox else { break }
            let isTooMany = questions.withLock { count in
                count += 1
                return count > Self.maximumQuestions
            }
            Task { [weak self] in
                let refusal = ProtocolError(ProtocolError.Code.busy, "Too many questions at once")
                let response =
                    isTooMany ? Message.Response(id: request.id, refusal) : await inbox.request(request)
                try? await self?.answer(response)
            }
        }
        return nil
    }

    /// Answers a question of the server.
    private func answer(_ response: Message.Response) async throws {
        defer { questions.withLock { $0 -= 1 } }
        let version = state.withLock { $0.version }
        let delivery = Delivery(version: version, timeout: .seconds(30))
        try await withDeadline(delivery.timeout) { [self] in
            _ = try await collected(try await post(.response(response), delivery).response)
        }
    }

    static func problem(_ error: HTTPError, _ server: RemoteServer) -> ConnectionError {
        error.kind == .bodyTooLarge ? .tooLarge(limit: server.maximumMessageBytes) : .network(error)
    }

    /// A session is visible ASCII (2025-11-25, transports, "Session Management"); anything else is not sent back.
    private static func session(of headers: HTTPHeaders) -> String? {
        guard let session = headers[MirroredHeaders.session], session.utf8.count <= 1 << 10,
            session.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return session
    }

    var isListening: Bool { state.withLock { !$0.isClosed && $0.inbox != nil } }
    var sessionVersion: ProtocolVersion? { state.withLock { $0.version } }
}
