import HTTPTransport
import JSONSchema
import ModelContextProtocol
import PlanExecution
import SkillCatalog
import TestSupport
import ToolConnectors

/// Servers that misbehave in a chosen way, in a pool.
enum ServerFixture {
    static let program = PackageRoot.path("Tests/ModelContextProtocolTests/Servers/hostile_server.py")

    static func configuration(
        _ name: String,
        _ words: [String],
        settings: MCPServerSettings = MCPServerSettings(startTimeout: .seconds(20), callTimeout: .seconds(20))
    ) -> MCPServerConfiguration {
        MCPServerConfiguration(
            name: name,
            transport: .stdio(.init(command: "python3", arguments: [program] + words)),
            settings: settings
        )
    }

    /// Does something with a pool, and ends its servers.
    static func with<Value>(
        _ servers: [MCPServerConfiguration],
        _ body: (MCPServerPool) async throws -> Value
    ) async throws -> Value {
        let pool = MCPServerPool(
            servers,
            identity: Implementation(name: "test", version: "1"),
            client: CurlHTTPClient()
        )
        do {
            let value = try await body(pool)
            await pool.close()
            return value
        } catch {
            await pool.close()
            throw error
        }
    }

    /// What a source over the pool makes of its servers.
    static func read(_ source: MCPServersSource) async throws -> (skills: [Skill], remarks: [String]) {
        var skills: [Skill] = []
        var remarks: [String] = []
        try await source.read { record in
            switch record {
            case .skill(let skill): skills.append(skill)
            case .diagnostic(let diagnostic): remarks.append(diagnostic.message)
            }
        }
        return (skills, remarks)
    }

    static func source(
        _ pool: MCPServerPool,
        _ pins: MCPToolPins,
        folder: String? = nil,
        asking freshness: MCPServersSource.Freshness = .all
    ) -> MCPServersSource {
        MCPServersSource(
            pool: pool,
            pins: pins,
            listings: ServerListings(folder: folder),
            freshness: freshness,
            location: "servers.json"
        )
    }
}
