import Synchronization

/// What the server's callbacks share: the handler, the limits, and the requests that are open.
final class ServerCore: Sendable {
    private struct State {
        var open: [ObjectIdentifier: ServerExchange] = [:]
        var isStopping = false
        var drained: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let handler: HTTPServer.Handler
    let options: HTTPServerOptions
    let watch: ConnectionWatch
    private let budget: BodyBudget

    init(options: HTTPServerOptions, watch: ConnectionWatch, handler: @escaping HTTPServer.Handler) {
        self.options = options
        self.watch = watch
        self.handler = handler
        budget = BodyBudget(limit: options.bodyMemoryBytes)
    }

    // MARK: - On the server's thread

    func open(target: String?) -> ServerExchange {
        let exchange = ServerExchange(
            target: target,
            bufferedBytes: options.bufferedBodyBytes,
            budget: budget,
            watch: watch
        )
        exchange.expect(by: .now + options.receiveTimeout)
        state.withLock { $0.open[ObjectIdentifier(exchange)] = exchange }
        return exchange
    }

    func close(_ exchange: ServerExchange) {
        let drained = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.open[ObjectIdentifier(exchange)] = nil
            guard state.open.isEmpty else { return nil }
            defer { state.drained = nil }
            return state.drained
        }
        drained?.resume()
        exchange.end()
    }

    /// Begins to answer a request that has arrived.
    func answer(_ request: HTTPServerRequest, _ exchange: ServerExchange, on connection: UnsafeMutableRawPointer) {
        exchange.begin(on: connection) { [handler] in
            let response = await handler(request)
            exchange.respond(response)
            guard case .stream(let body) = response.body, request.method != .head else { return }
            do {
                for try await piece in body where !piece.isEmpty {
                    guard await exchange.send(piece) else { return }
                }
                exchange.finishStream(failed: false)
            } catch {
                exchange.finishStream(failed: true)
            }
        }
    }

    // MARK: - Stopping

    /// - Returns: false when it is being stopped already.
    func beginStopping() -> Bool {
        state.withLock { state in
            defer { state.isStopping = true }
            return !state.isStopping
        }
    }

    /// Waits until no request is open, but not for longer than that.
    func drain(for grace: Duration) async {
        await withTaskGroup { group in
            group.addTask { await self.waitUntilDrained() }
            group.addTask {
                try? await Task.sleep(for: grace)
                self.giveUpDraining()
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func waitUntilDrained() async {
        await withCheckedContinuation { continuation in
            let isDrained = state.withLock { state -> Bool in
                guard !state.open.isEmpty else { return true }
                state.drained = continuation
                return false
            }
            if isDrained { continuation.resume() }
        }
    }

    private func giveUpDraining() {
        let drained = state.withLock { state in
            defer { state.drained = nil }
            return state.drained
        }
        drained?.resume()
    }

    func abandonAll() {
        for exchange in state.withLock({ Array($0.open.values) }) { exchange.abandon() }
    }
}
