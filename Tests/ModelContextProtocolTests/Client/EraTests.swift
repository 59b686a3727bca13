import JSONSchema
import ModelContextProtocol
import TestSupport
import Testing

/// Which era a client finds a server to speak, with servers that were not written here.
@Suite("Finding out a server's era", .enabled(if: PeerProgram.areInstalled, PeerProgram.absence))
struct EraTests {
    private func version(of server: PeerServer, _ transport: Road.Transport) async throws -> ProtocolVersion {
        let client = try await PeerHall.shared.newClient(of: server, by: Road(transport: transport))
        let version = try await client.connect().version
        let result = try await client.callTool("add", ["a": 2, "b": 3])
        #expect(result.content.compactMap(\.plainText) == ["5"])
        await client.close()
        await #expect(throws: ConnectionError.closed) { try await client.callTool("add", ["a": 2]) }
        return version
    }

    @Test("a server of both eras is spoken to in the modern one", arguments: Road.Transport.allCases)
    func both(transport: Road.Transport) async throws {
        #expect(try await version(of: .everything, transport) == .v2026_07_28)
    }

    @Test("a server on the old SDK is spoken to in the legacy era", arguments: Road.Transport.allCases)
    func old(transport: Road.Transport) async throws {
        #expect(try await version(of: .legacy, transport) == .v2025_11_25)
    }

    @Test("a server of the new SDK that refuses the modern era is spoken to in the legacy one")
    func refusing() async throws {
        let server = PeerServer(script: "everything_server", options: ["--era", "legacy"])
        #expect(try await version(of: server, .standardStreams) == .v2025_11_25)
    }

    @Test("a legacy server without sessions that answers with plain JSON works")
    func stateless() async throws {
        let server = PeerServer(script: "legacy_server", isOld: true, options: ["--stateless", "--json"])
        #expect(try await version(of: server, .http) == .v2025_11_25)
    }

    @Test("a client that is to speak only the modern era says so of an old server", arguments: Road.Transport.allCases)
    func modernOnly(transport: Road.Transport) async throws {
        let error = await #expect(throws: ConnectionError.self) {
            try await PeerHall.shared.newClient(of: .legacy, by: Road(transport: transport, era: .modern))
        }
        guard case .noCommonVersion = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    private static let quickServer = ServerProgram(
        command: "python3",
        arguments: [PeerProgram.script("hostile_server"), "healthy"]
    )

    @Test("who leaves while a connection is made does not take it from the others")
    func sharedHandshake() async throws {
        let client = MCPClient(StandardStreamsTransport(Self.quickServer), identity: .tester)
        let leaving = Task { try await client.connect() }
        let staying = Task { try await client.connect() }
        leaving.cancel()
        await #expect(throws: CancellationError.self) { try await leaving.value }
        #expect(try await staying.value.version == .v2026_07_28)
        await client.close()
    }

    @Test("when everybody has left, the next one connects anew, with the same program")
    func abandonedHandshake() async throws {
        let client = MCPClient(StandardStreamsTransport(Self.quickServer), identity: .tester)
        let leaving = Task { try await client.connect() }
        leaving.cancel()
        await #expect(throws: CancellationError.self) { try await leaving.value }
        #expect(try await client.connect().version == .v2026_07_28)
        await client.close()
    }
}
