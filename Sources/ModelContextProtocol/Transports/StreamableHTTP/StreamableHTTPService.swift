package import HTTPTransport
import JSONSchema

/// Serves clients over HTTP at one address, in both eras.
///
/// A modern request is served by what it says alone. In the legacy era `initialize` begins a session, and GET listens.
package final class StreamableHTTPService: Sendable {
    package struct Options: Sendable, Hashable {
        /// Sessions of the legacy era at a time.
        package var maximumSessions: Int
        /// How long such a session may be silent.
        package var sessionLifetime: Duration
        /// Pause between two signs of life on a quiet stream.
        package var keepAlive: Duration

        package init(
            maximumSessions: Int = 1_000,
            sessionLifetime: Duration = .seconds(1_800),
            keepAlive: Duration = .seconds(15)
        ) {
            self.maximumSessions = maximumSessions
            self.sessionLifetime = sessionLifetime
            self.keepAlive = keepAlive
        }
    }

    let server: MCPServer
    let access: HTTPAccess
    let options: Options
    let sessions: LegacySessions
    let listeners = InFlightRequests()

    package init(_ server: MCPServer, access: HTTPAccess = HTTPAccess(), options: Options = Options()) {
        self.server = server
        self.access = access
        self.options = options
        sessions = LegacySessions(limit: options.maximumSessions, lifetime: options.sessionLifetime)
    }

    /// Answers a request to the address of the service.
    package func respond(to request: HTTPServerRequest) async -> HTTPServerResponse {
        let principal: String
        do { principal = try await access.admit(request) } catch { return Self.response(error) }
        return await respond(to: request, as: principal)
    }

    /// Answers a request that was admitted by somebody else.
    ///
    /// - Parameter principal: who sends it; sessions and state of one principal are of no use to another.
    package func respond(to request: HTTPServerRequest, as principal: String) async -> HTTPServerResponse {
        switch request.method {
        case .post: return await post(request, principal)
        case .get, .delete:
            // The modern era has neither streams of their own nor sessions to end.
            guard !Self.saysModern(request.headers) else { return HTTPServerResponse(405, headers: ["Allow": "POST"]) }
            return request.method == .get ? await listen(request, principal) : await leave(request, principal)
        default:
            return HTTPServerResponse(405, headers: ["Allow": "POST, GET, DELETE"])
        }
    }

    /// Ends every session and stream; for when the server stops.
    package func close() async {
        await sessions.endAll()
        listeners.cancelAll()
    }

    // MARK: - POST

    private func post(_ request: HTTPServerRequest, _ principal: String) async -> HTTPServerResponse {
        guard request.headers.mediaType == "application/json" else {
            return Self.response(415, nil, .invalidRequest("the content type must be application/json"))
        }
        let accepted = Accepted(request.headers.values(of: "Accept"))
        guard accepted.json else {
            return Self.response(406, nil, .invalidRequest("accept application/json and text/event-stream"))
        }
        let message: Message
        do { message = try Message(bytes: request.body) } catch { return Self.response(400, error.id, error.error) }
        switch message {
        case .request(let call):
            let isModern = MCPServer.isModern(call) || Self.saysModern(request.headers)
            return isModern
                ? await modern(call, request, principal, accepted) : await legacy(call, request, principal, accepted)
        case .notification(let notification): return await take(notification, request, principal)
        case .response(let response):
            guard case .success(let session) = await session(request, principal) else {
                return Self.response(400, nil, .invalidRequest("a response belongs to a session"))
            }
            _ = session.questions.resolve(response)
            return HTTPServerResponse(202)
        }
    }

    private func take(
        _ notification: Message.Notification,
        _ request: HTTPServerRequest,
        _ principal: String
    ) async -> HTTPServerResponse {
        guard request.headers[MirroredHeaders.session] != nil else { return HTTPServerResponse(202) }
        switch await session(request, principal) {
        case .failure(let refusal): return refusal.response
        case .success(let session):
            if notification.method == Method.cancelled, let json = notification.parameters["requestId"],
                let id = try? RequestID(json: json)
            {
                session.inFlight.cancel(id)
            }
            return HTTPServerResponse(202)
        }
    }

    // MARK: - The modern era

    private static func saysModern(_ headers: HTTPHeaders) -> Bool {
        headers[MirroredHeaders.version].map { ProtocolVersion(rawValue: $0) }
            .map { $0.isSupported && $0.era == .modern } ?? false
    }

    private func modern(
        _ call: Message.Request,
        _ request: HTTPServerRequest,
        _ principal: String,
        _ accepted: Accepted
    ) async -> HTTPServerResponse {
        if let mismatch = HeaderCheck.mismatch(request.headers, call) {
            return Self.response(400, call.id, .headerMismatch(mismatch))
        }
        if call.method == Method.callTool, let name = call.parameters["name"]?.stringValue,
            let parameters = await server.surface.headerParameters(of: name),
            let mismatch = parameters.mismatch(request.headers, call.parameters["arguments"]?.objectValue ?? [:])
        {
            return Self.response(400, call.id, .headerMismatch(mismatch))
        }
        guard accepted.events else {
            guard call.method != Method.listen else { return HTTPServerResponse(406) }
            let link = ClientLink(principal: principal, notify: { _ in })
            return Self.response(await server.respond(to: call, link), isModern: true)
        }
        return await answer(isModern: true) { [server] channel in
            let link = ClientLink(principal: principal, notify: { channel.send($0) })
            return await server.respond(to: call, link)
        }
    }

    // MARK: - The legacy era

    private func legacy(
        _ call: Message.Request,
        _ request: HTTPServerRequest,
        _ principal: String,
        _ accepted: Accepted
    ) async -> HTTPServerResponse {
        if call.method == Method.initialize {
            switch server.initialize(call) {
            case .failure(let error): return Self.response(400, call.id, error)
            case .success((let agreement, let result)):
                let session = await sessions.begin(agreement, principal: principal)
                var response = Self.response(Message.Response(id: call.id, result), isModern: false)
                response.headers[MirroredHeaders.session] = session.id
                return response
            }
        }
        if let version = request.headers[MirroredHeaders.version], !ProtocolVersion(rawValue: version).isSupported {
            return Self.response(400, call.id, .unsupportedVersion(version))
        }
        let session: LegacySession
        switch await self.session(request, principal) {
        case .success(let found): session = found
        case .failure(var refusal):
            refusal.id = call.id
            return refusal.response
        }
        guard session.inFlight.begin(call.id) else {
            return Self.response(400, call.id, .invalidRequest("a request with the id \(call.id) is being answered"))
        }
        guard accepted.events else {
            var link = ClientLink(principal: principal, notify: { _ in })
            link.subscriptions = session.subscriptions
            let response = await server.respond(to: call, session.agreement, link)
            _ = session.inFlight.end(call.id)
            return Self.response(response, isModern: false)
        }
        return await answer(isModern: false, naming: { session.inFlight.answered(call.id, by: $0) }) {
            [server] channel in
            var link = ClientLink(principal: principal, notify: { channel.send($0) }) { method, parameters in
                let id = session.nextQuestion()
                defer { session.questions.forget(id) }
                return try await session.questions.response(to: id) {
                    channel.send(.request(Message.Request(id: id, method: method, parameters: parameters)))
                }.outcome.get()
            }
            link.subscriptions = session.subscriptions
            let response = await server.respond(to: call, session.agreement, link)
            return session.inFlight.end(call.id) ? response : nil
        }
    }

    private func leave(_ request: HTTPServerRequest, _ principal: String) async -> HTTPServerResponse {
        switch await session(request, principal) {
        case .failure(let refusal): return refusal.response
        case .success(let session):
            await sessions.end(session.id)
            return HTTPServerResponse(200)
        }
    }

    /// The stream on which a client of the legacy era hears what is said unasked.
    private func listen(_ request: HTTPServerRequest, _ principal: String) async -> HTTPServerResponse {
        guard Accepted(request.headers.values(of: "Accept")).events else {
            return HTTPServerResponse(405, headers: ["Allow": "POST"])
        }
        switch await session(request, principal) {
        case .failure(let refusal): return refusal.response
        case .success(let session):
            let capabilities = server.surface.capabilities
            let subscriptions = session.subscriptions
            // Before the client hears that it listens, after which nothing may be missed.
            let changes = server.surface.changes()
            let channel = EventChannel()
            session.listen(on: channel)
            return stream(channel) { channel in
                if let changes {
                    for await change in changes {
                        guard let notification = subscriptions.notification(of: change, by: capabilities) else {
                            continue
                        }
                        channel.send(notification)
                    }
                } else {
                    for await _ in AsyncStream<Never>.makeStream().stream {}
                }
                return nil
            }
        }
    }

    // MARK: - Answers

    /// A whole answer where nothing is said before it and it does not take long, else a stream of events.
    ///
    /// - Parameter work: returns nil where nobody wants an answer any more.
    private func answer(
        isModern: Bool,
        naming: (Task<Void, Never>) -> Void = { _ in },
        _ work: @escaping @Sendable (EventChannel) async -> Message.Response?
    ) async -> HTTPServerResponse {
        let channel = EventChannel()
        let streamed = stream(channel, naming: naming) { channel in
            let gone = Message.Response(id: nil, ProtocolError(-32_800, "Request cancelled"))
            channel.end(await work(channel) ?? gone)
            return nil
        }
        if let response = await channel.response(within: options.keepAlive) {
            return Self.response(response, isModern: isModern)
        }
        return streamed
    }

    /// A response whose events come from `work`, which is cancelled when the client goes.
    private func stream(
        _ channel: EventChannel,
        naming: (Task<Void, Never>) -> Void = { _ in },
        _ work: @escaping @Sendable (EventChannel) async -> Message.Response?
    ) -> HTTPServerResponse {
        let id = RequestID.string(RandomBytes.identifier())
        _ = listeners.begin(id)
        let pulse = Task { [keepAlive = options.keepAlive] in
            while (try? await Task.sleep(for: keepAlive)) != nil { channel.keepAlive() }
        }
        let task = Task { [listeners] in
            if let response = await work(channel) { channel.send(.response(response)) }
            pulse.cancel()
            channel.finish()
            _ = listeners.end(id)
        }
        listeners.answered(id, by: task)
        naming(task)
        channel.whenGone {
            task.cancel()
            pulse.cancel()
        }
        let headers: HTTPHeaders = [
            "Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no",
        ]
        return HTTPServerResponse(200, headers: headers, body: .stream(channel.body()))
    }
}

extension EventChannel {
    fileprivate func send(_ notification: Message.Notification) {
        send(.notification(notification), isVital: notification.method == Method.acknowledged)
    }
}
