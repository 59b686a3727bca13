import JSONSchema

/// A client of one MCP server: finds out which era it speaks, and asks it in that era's way.
///
/// Calls may run at once. A server that broke stays broken here; whoever supervises it opens a new client.
package actor MCPClient {
    package struct Options: Sendable, Hashable {
        /// How long an ordinary request may take; a call of a tool brings its own limit.
        package var requestTimeout: Duration
        /// How often one request may be answered with questions.
        package var maximumInputRounds: Int
        /// Most tools, resources or prompts of one list.
        package var maximumListed: Int
        /// Versions to speak, best first; fewer force an era.
        package var versions: [ProtocolVersion]
        /// From which level on the server's log is wanted; nil for none.
        package var logLevel: LogLevel?

        package init(
            requestTimeout: Duration = .seconds(60),
            maximumInputRounds: Int = 8,
            maximumListed: Int = 10_000,
            versions: [ProtocolVersion] = ProtocolVersion.supported,
            logLevel: LogLevel? = nil
        ) {
            self.requestTimeout = requestTimeout
            self.maximumInputRounds = maximumInputRounds
            self.maximumListed = maximumListed
            self.versions = versions
            self.logLevel = logLevel
        }
    }

    /// Who the server says it is, and what was agreed on.
    package struct Peer: Sendable, Hashable {
        package var version: ProtocolVersion
        package var info: Implementation?
        package var capabilities: ServerCapabilities
        package var instructions: String?
    }

    package let identity: Implementation
    package let options: Options
    let transport: any ClientTransport
    let input: any InputProvider
    nonisolated let board = NoticeBoard()
    private var peer: Peer?
    private var connecting: SharedWork<Peer>?
    private var renewing: SharedWork<Peer>?
    /// How many handshakes were done.
    private(set) var handshakes = 0
    private var lastID: Int64 = 0
    /// Which arguments of which tools are repeated in headers, as the last list said.
    var headerParameters: [String: HeaderParameters] = [:]

    package init(
        _ transport: any ClientTransport,
        identity: Implementation,
        input: any InputProvider = NoInput(),
        options: Options = Options()
    ) {
        self.transport = transport
        self.identity = identity
        self.input = input
        self.options = options
    }

    /// What the server says of its own accord from now on; a flood loses the oldest.
    package nonisolated func notices() -> AsyncStream<ServerNotice> { board.notices() }

    /// Connects, unless that was done, and finds out what the server speaks.
    @discardableResult
    package func connect() async throws -> Peer {
        if let peer { return peer }
        let work = connecting.flatMap { $0.isOver ? nil : $0 } ?? SharedWork { try await self.handshake() }
        connecting = work
        guard let found = try await work.value() else { return try await connect() }
        if connecting === work { connecting = nil }
        if peer == nil {
            peer = found
            handshakes += 1
        }
        return found
    }

    /// Ends the connection; nothing of the server is left on this machine.
    package func close() async {
        connecting?.cancel()
        renewing?.cancel()
        await transport.close()
        board.end()
    }

    // MARK: - Handshake

    private func handshake() async throws -> Peer {
        let board = board
        let input = input
        let inbox = ClientInbox(
            notification: { board.receive($0) },
            request: { await ServerQuestions.response(to: $0, input) },
            ended: { board.post(.ended($0)) }
        )
        try await transport.open(inbox)
        if let modern = options.versions.first(where: { $0.era == .modern }) {
            if let peer = try await discover(modern) { return peer }
        }
        return try await initialize()
    }

    /// - Returns: nil where the server is of the legacy era.
    private func discover(_ version: ProtocolVersion) async throws -> Peer? {
        let silence: Duration
        if case .anyErrorIsLegacy(let duration) = transport.probing {
            silence = duration
        } else {
            silence = options.requestTimeout
        }
        let request = Message.Request(
            id: nextID(),
            method: Method.discover,
            parameters: [MetaKey.meta: .object(meta(version))]
        )
        let response: Message.Response
        do {
            response = try await transport.exchange(request, Delivery(version: version, timeout: silence))
        } catch let error as ConnectionError {
            switch (error, transport.probing) {
            case (.timedOut, .anyErrorIsLegacy), (.malformed, .anyErrorIsLegacy), (.refused, .refusalIsLegacy):
                return nil
            default: throw error
            }
        }
        switch response.outcome {
        case .success(let result):
            // What is no answer to this question comes from a server that does not know it.
            guard let discovered = try? DiscoverResult(received: result) else { return nil }
            let offered = discovered.supportedVersions.map(ProtocolVersion.init(rawValue:))
            guard let chosen = choose(from: offered) else { throw ConnectionError.noCommonVersion(offered) }
            guard chosen.era == .modern else { return nil }
            return Peer(
                version: chosen,
                info: Self.serverInfo(result),
                capabilities: discovered.capabilities,
                instructions: discovered.instructions
            )
        case .failure(let error) where error.code == ProtocolError.Code.unsupportedVersion:
            guard let chosen = choose(from: error.offeredVersions) else {
                throw ConnectionError.noCommonVersion(error.offeredVersions)
            }
            return chosen.era == .legacy || chosen == version ? nil : try await discover(chosen)
        case .failure(let error) where error.isModern: throw error
        case .failure: return nil
        }
    }

    private func choose(from offered: [ProtocolVersion]) -> ProtocolVersion? {
        options.versions.first { offered.contains($0) }
    }

    private func initialize() async throws -> Peer {
        guard let wanted = options.versions.first(where: { $0.era == .legacy }) else {
            throw ConnectionError.noCommonVersion([])
        }
        let request = Message.Request(
            id: nextID(),
            method: Method.initialize,
            parameters: [
                "protocolVersion": .string(wanted.rawValue), "capabilities": input.capabilities.json,
                "clientInfo": identity.json,
            ]
        )
        var timeout = options.requestTimeout
        if case .anyErrorIsLegacy(let start) = transport.probing { timeout = max(timeout, start) }
        let result = try await transport.exchange(request, Delivery(version: nil, timeout: timeout)).outcome.get()
        let answer = try InitializeResult(received: result)
        let version = ProtocolVersion(rawValue: answer.protocolVersion)
        guard options.versions.contains(version), version.era == .legacy else {
            throw ConnectionError.noCommonVersion([version])
        }
        try await transport.notify(Message.Notification(Method.initialized), Delivery(version: version))
        await transport.beganSession(version)
        if let level = options.logLevel, answer.capabilities.logging != nil {
            let request = Message.Request(
                id: nextID(),
                method: Method.setLogLevel,
                parameters: ["level": .string(level.rawValue)]
            )
            // A server that says it logs and does not take a level still works.
            _ = try await transport.exchange(request, Delivery(version: version, timeout: options.requestTimeout))
        }
        return Peer(
            version: version,
            info: answer.serverInfo,
            capabilities: answer.capabilities,
            instructions: answer.instructions
        )
    }

    /// The session of the legacy era that a handshake began is over: shakes hands again, once for all who find out.
    func beginAgain(after expired: Int) async throws {
        guard peer?.version.era == .legacy, handshakes == expired else { return }
        let work = renewing.flatMap { $0.isOver ? nil : $0 } ?? SharedWork { try await self.initialize() }
        renewing = work
        guard let found = try await work.value() else { return try await beginAgain(after: expired) }
        if renewing === work { renewing = nil }
        guard handshakes == expired else { return }
        handshakes += 1
        peer = found
    }

    // MARK: - Parts of requests

    func nextID() -> RequestID {
        lastID += 1
        return .integer(lastID)
    }

    /// The `_meta` object every request of the modern era carries.
    func meta(_ version: ProtocolVersion) -> JSONObject {
        JSONObject([
            MetaKey.protocolVersion: .string(version.rawValue), MetaKey.clientInfo: identity.json,
            MetaKey.clientCapabilities: input.capabilities.json,
            MetaKey.logLevel: options.logLevel.map { .string($0.rawValue) },
        ])
    }

    private static func serverInfo(_ result: JSONObject) -> Implementation? {
        result[MetaKey.meta]?[MetaKey.serverInfo].flatMap { try? Implementation(json: $0) }
    }
}
