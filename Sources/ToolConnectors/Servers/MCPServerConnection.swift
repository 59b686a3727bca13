import HTTPTransport
package import JSONSchema
package import ModelContextProtocol

/// One configured server: started when it is first needed, started again when it broke, and asked by so many at a time.
package actor MCPServerConnection {
    package nonisolated let configuration: MCPServerConfiguration
    private let launch: ServerLaunch
    private let identity: Implementation
    private let limit: ConcurrencyLimit
    private let remarks = ServerRemarks()
    private let onToolsChanged: @Sendable (String) -> Void
    private var client: MCPClient?
    private var starting: Task<MCPClient, any Error>?
    private var watching: Task<Void, Never>?
    private var policy = RestartPolicy()
    private var record = ServerHealth()
    private var isClosed = false

    init(
        _ configuration: MCPServerConfiguration,
        launch: ServerLaunch,
        identity: Implementation,
        onToolsChanged: @escaping @Sendable (String) -> Void
    ) {
        self.configuration = configuration
        self.launch = launch
        self.identity = identity
        self.onToolsChanged = onToolsChanged
        limit = ConcurrencyLimit(configuration.settings.concurrency)
        if configuration.isDisabled { record.phase = .disabled }
    }

    deinit { watching?.cancel() }

    package var health: ServerHealth {
        var health = record
        health.remarks = remarks.text
        if health.phase == .broken, policy.pause(at: .now) != nil { health.phase = .resting }
        return health
    }

    /// The tools the server lists now.
    package func tools() async throws -> (listing: Listing<Tool>, instructions: String?) {
        let (client, peer) = try await ready()
        do {
            guard peer.capabilities.tools != nil else { return (Listing(), peer.instructions) }
            return (try await client.listTools(), peer.instructions)
        } catch {
            noteFailure(error, of: client)
            throw error
        }
    }

    /// Calls a tool.
    ///
    /// - Throws: `ServerUnavailable` where nothing was sent, `ConnectionError`, `ProtocolError` or `CancellationError`.
    package func call(_ tool: String, _ arguments: JSONObject, _ options: RequestOptions) async throws -> CallToolResult
    {
        try await limit.enter()
        defer { limit.leave() }
        let (client, _) = try await ready()
        record.calls += 1
        do {
            return try await client.callTool(tool, arguments, options)
        } catch {
            noteFailure(error, of: client)
            throw error
        }
    }

    /// Ends the server; the next call starts it again, unless this is for good.
    package func stop(forGood: Bool = false) async {
        if forGood { isClosed = true }
        let (client, starting, watching) = (client, starting, watching)
        self.client = nil
        self.starting = nil
        self.watching = nil
        starting?.cancel()
        watching?.cancel()
        if let started = try? await starting?.value { await started.close() }
        await client?.close()
        if record.phase != .disabled { record.phase = .idle }
    }

    // MARK: - Starting

    private func ready() async throws -> (MCPClient, MCPClient.Peer) {
        let name = configuration.name
        guard !configuration.isDisabled else { throw ServerUnavailable(server: name, .disabled) }
        guard !isClosed else { throw ServerUnavailable(server: name, .closed) }
        if let client { return (client, try await client.connect()) }
        if let pause = policy.pause(at: .now) {
            throw ServerUnavailable(server: name, .resting(pause, record.lastProblem ?? "it broke"))
        }
        let task = starting ?? Task { try await start() }
        starting = task
        do {
            // Whoever gives up waiting does not end the start for the others.
            let client = try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
            }
            try Task.checkCancellation()
            return (client, try await client.connect())
        } catch {
            if error is CancellationError { throw error }
            throw ServerUnavailable(server: name, .notStarted("\(error)"))
        }
    }

    private func start() async throws -> MCPClient {
        let clock = ContinuousClock()
        let begin = clock.now
        record.phase = .starting
        record.starts += 1
        let made = MCPClient(
            launch.transport(for: configuration, remarks: remarks),
            identity: identity,
            options: MCPClient.Options(requestTimeout: configuration.settings.startTimeout)
        )
        do {
            let peer = try await made.connect()
            guard !isClosed else { throw ConnectionError.closed }
            starting = nil
            client = made
            policy.started(at: clock.now)
            record.phase = .ready
            record.startTime = clock.now - begin
            record.version = peer.version.rawValue
            watch(made, peer)
            return made
        } catch {
            starting = nil
            await made.close()
            policy.failed(at: clock.now)
            record.phase = .broken
            record.lastProblem = problem(error)
            throw error
        }
    }

    /// Hears when the server breaks, and when its tools change.
    private func watch(_ client: MCPClient, _ peer: MCPClient.Peer) {
        watching?.cancel()
        let notices = client.notices()
        let (name, changed) = (configuration.name, onToolsChanged)
        watching = Task { [weak self] in
            await withTaskGroup { group in
                if peer.version.era == .modern, peer.capabilities.tools?.listChanged == true {
                    group.addTask { try? await client.listen(to: SubscriptionFilter(toolsListChanged: true)) }
                }
                group.addTask {
                    for await notice in notices {
                        switch notice {
                        case .toolsChanged: changed(name)
                        case .ended(let error): await self?.broke(client, error)
                        default: break
                        }
                    }
                }
            }
        }
    }

    private func noteFailure(_ error: any Error, of client: MCPClient) {
        guard let error = error as? ConnectionError else { return }
        record.failures += 1
        record.lastProblem = problem(error)
        switch error {
        case .ended, .closed, .tooLarge, .malformed: broke(client, error)
        default: break
        }
    }

    private func broke(_ client: MCPClient, _ error: ConnectionError) {
        guard self.client === client else { return }
        self.client = nil
        watching?.cancel()
        watching = nil
        policy.failed(at: .now)
        record.phase = .broken
        record.lastProblem = problem(error)
        Task { await client.close() }
    }

    private func problem(_ error: any Error) -> String { Excerpt.of("\(error)", limit: 500) }
}

/// Why a server cannot be asked now; nothing was sent.
package struct ServerUnavailable: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Reason: Sendable, Hashable {
        case disabled
        case closed
        case unknown
        /// It broke again and again; how long it is left alone.
        case resting(Duration, String)
        case notStarted(String)
    }

    package var server: String
    package var reason: Reason

    init(server: String, _ reason: Reason) {
        self.server = server
        self.reason = reason
    }

    package var description: String {
        let name = "the MCP server '\(Excerpt.of(server))'"
        switch reason {
        case .disabled: return "\(name) is switched off in its configuration"
        case .closed: return "\(name) was closed"
        case .unknown: return "\(name) is not configured here"
        case .resting(let pause, let problem):
            let seconds = max(1, Int(pause.components.seconds))
            return "\(name) keeps failing and is left alone for \(seconds) s; last: \(problem)"
        case .notStarted(let problem): return "\(name) cannot be used: \(problem)"
        }
    }
}
