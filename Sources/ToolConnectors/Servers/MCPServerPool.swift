import FoundationEssentials
package import HTTPTransport
package import ModelContextProtocol
import Synchronization

/// The servers of a configuration, shared by everything in this process that calls their tools.
package final class MCPServerPool: Sendable {
    /// Says which servers' tools have changed.
    package typealias ChangeHandler = @Sendable (_ server: String) -> Void

    /// In the order of the configuration.
    package let names: [String]
    private let connections: [String: MCPServerConnection]
    private let listeners: Listeners

    /// - Parameters:
    ///   - environment: this process's variables, of which a server sees few; nil for the real ones.
    ///   - authorizer: gives requests to a server over HTTP their token.
    package init(
        _ servers: [MCPServerConfiguration],
        identity: Implementation,
        environment: [String: String]? = nil,
        client: any HTTPClient,
        authorizer: @escaping @Sendable (MCPServerConfiguration) -> (any RequestAuthorizer)? = { _ in nil }
    ) {
        let launch = ServerLaunch(
            environment: environment ?? ProcessInfo.processInfo.environment,
            client: client,
            authorizer: authorizer
        )
        let listeners = Listeners()
        self.listeners = listeners
        names = servers.map(\.name)
        connections = Dictionary(
            servers.map { server in
                (
                    server.name,
                    MCPServerConnection(server, launch: launch, identity: identity) { listeners.tell($0) }
                )
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The server of that name.
    package func connection(_ name: String) -> MCPServerConnection? { connections[name] }

    /// Names of servers whose tools change, from now on.
    package func changes() -> AsyncStream<String> { listeners.stream() }

    /// How every server does, in the order of the configuration.
    package func health() async -> [(name: String, health: ServerHealth)] {
        var all: [(name: String, health: ServerHealth)] = []
        for name in names {
            if let connection = connections[name] { all.append((name, await connection.health)) }
        }
        return all
    }

    /// Ends every server; nothing of them is left when this returns.
    package func close() async {
        await withTaskGroup { group in
            for connection in connections.values { group.addTask { await connection.stop(forGood: true) } }
        }
        listeners.end()
    }
}

private final class Listeners: Sendable {
    private let state = Mutex<(last: Int, all: [Int: AsyncStream<String>.Continuation])>((0, [:]))

    func stream() -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(256))
        let number = state.withLock { state in
            state.last += 1
            state.all[state.last] = continuation
            return state.last
        }
        continuation.onTermination = { [weak self] _ in self?.state.withLock { _ = $0.all.removeValue(forKey: number) }
        }
        return stream
    }

    func tell(_ name: String) {
        for listener in state.withLock({ Array($0.all.values) }) { listener.yield(name) }
    }

    func end() {
        for listener in state.withLock({ Array($0.all.values) }) { listener.finish() }
    }
}
