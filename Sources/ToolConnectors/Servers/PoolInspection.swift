import ModelContextProtocol

/// Looks at servers with a pool that is theirs for as long as that takes.
package struct PoolInspection: ServerInspection {
    private let pool: MCPServerPool

    package init(pool: MCPServerPool) { self.pool = pool }

    package func inspect(_ server: MCPServerConfiguration) async -> InspectedServer {
        guard let connection = pool.connection(server.name) else {
            return InspectedServer(name: server.name, failure: "it is not configured here")
        }
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let (listing, _) = try await connection.tools()
            let time = clock.now - start
            await connection.stop()
            return InspectedServer(
                name: server.name,
                tools: listing.items.map { MCPSkills.catalogTool($0, name: $0.name) },
                startTime: time
            )
        } catch {
            await connection.stop()
            return InspectedServer(name: server.name, failure: Excerpt.of("\(error)", limit: 500))
        }
    }
}
