import Glibc
import HTTPTransport
import JSONSchema
import ModelContextProtocol
import Subprocesses
import TestSupport
import Testing

/// Our service and the clients of the official SDK and of FastMCP.
@Suite(
    "The service with clients that were not written here",
    .enabled(if: PeerProgram.areInstalled, PeerProgram.absence)
)
struct OfficialClientTests {
    struct Visit: Sendable, CustomTestStringConvertible {
        var client: String
        var era: String
        var transport: Road.Transport
        var testDescription: String { "\(client), \(era), \(transport.rawValue)" }
    }

    static let visits = [
        Visit(client: "sdk", era: "modern", transport: .http), Visit(client: "sdk", era: "legacy", transport: .http),
        Visit(client: "sdk", era: "legacy", transport: .standardStreams),
        Visit(client: "fastmcp", era: "modern", transport: .http),
        Visit(client: "fastmcp", era: "auto", transport: .standardStreams),
    ]

    /// Pumps between its standard streams and a port: a program for clients that start one.
    private static let bridge = """
        import os, socket, sys, threading
        connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
        def down():
            while data := connection.recv(65536):
                os.write(1, data)
            os._exit(0)
        threading.Thread(target=down, daemon=True).start()
        while data := os.read(0, 65536):
            connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        threading.Event().wait()
        """

    private func drive(_ visit: Visit, _ target: [String], _ operations: JSONValue) async throws -> JSONValue {
        let script = PackageRoot.path("Tests/SkillHarnessTests/Gateway/sdk_client.py")
        let answers: JSONValue = .array(Array(repeating: ["action": "accept", "content": ["name": "Ada"]], count: 4))
        let client = Subprocess(
            executable: try #require(PeerProgram.python),
            arguments: [
                script, "--client", visit.client, "--era", visit.era, "--answers", answers.serialized(),
                "run", operations.serialized(), "--",
            ] + target
        )
        let result = try await client.run()
        return try JSONParser.parse(utf8: result.standardOutput)
    }

    /// The target of a client, with a service behind it.
    private func serving<Value: Sendable>(
        _ visit: Visit,
        _ surface: SampleSurface,
        _ body: ([String]) async throws -> Value
    ) async throws -> Value {
        switch visit.transport {
        case .http:
            let service = StreamableHTTPService(MCPServer(surface))
            let server = try HTTPServer { await service.respond(to: $0) }
            let result = await Result { try await body(["http://127.0.0.1:\(server.port)/mcp"]) }
            await service.close()
            await server.stop(grace: .milliseconds(200))
            return try result.get()
        case .standardStreams:
            let listener = try LoopbackListener()
            let code = startThread {
                let connection = listener.accept()
                Task {
                    try? await StandardStreamsService(MCPServer(surface), input: connection, output: connection).run()
                    close(connection)
                }
            }
            try #require(code == 0)
            return try await body(["python3", "-c", Self.bridge, "\(listener.port)"])
        }
    }

    @Test(
        "they discover, list, call, follow progress, answer questions, read, and are told of errors",
        arguments: visits
    )
    func everything(visit: Visit) async throws {
        let surface = SampleSurface()
        let isModern = visit.era != "legacy"
        let operations: JSONValue = [
            ["do": "discover"], ["do": "tools"], ["do": "resources"],
            ["do": "call", "name": "add", "arguments": ["a": 40, "b": 2]],
            ["do": "call", "name": "count", "arguments": ["steps": 3]],
            ["do": "call", "name": "book"],
            ["do": "call", "name": "twice"],
            ["do": "read", "uri": "note://first"],
            ["do": "call", "name": "nobody"],
            ["do": "call", "name": "wait", "arguments": ["label": "theirs"], "cancelAfter": 0.5],
            ["do": "call", "name": "add", "arguments": ["a": 1, "b": 2], "times": 50],
            ["do": "listen", "name": "change", "uris": ["note://first"], "patience": 5],
            ["do": "call", "name": "task"], ["do": "call", "name": "refuse"],
        ]
        let report = try await serving(visit, surface) { try await drive(visit, $0, operations) }
        #expect(report["connection"] == nil, "\(report["connection"]?.serialized() ?? "")")
        #expect(report["protocolVersion"]?.stringValue == (isModern ? "2026-07-28" : "2025-11-25"))
        let outcomes = report["outcomes"]?.arrayValue ?? []
        try #require(outcomes.count == 14)
        for outcome in outcomes.dropLast() { #expect(outcome["ok"] == true, "\(outcome.serialized().prefix(600))") }
        func text(_ place: Int) -> String? {
            outcomes[place]["result"]?["content"]?.arrayValue?.first?["text"]?.stringValue
        }
        #expect(outcomes[0]["era"]?.stringValue == (isModern ? "modern" : "legacy"))
        #expect(outcomes[1]["count"] == 11 && outcomes[1]["pages"] == 3)
        #expect(outcomes[3]["result"]?["structuredContent"]?["sum"] == 42)
        #expect(text(4) == "counted to 3" && outcomes[4]["progress"]?.arrayValue?.count == 3)
        #expect(text(5) == "accept Ada asked" && text(6) == "after 2 rounds")
        #expect(outcomes[8]["isError"] == true)
        #expect(outcomes[9]["cancelled"] == true)
        #expect(outcomes[10]["failed"] == 0)
        let heard = outcomes[11]["events"]?.arrayValue?.count ?? outcomes[11]["notified"]?.arrayValue?.count
        #expect(heard ?? 0 > 0, "\(outcomes[11].serialized())")
        // Of these clients FastMCP's knows tasks; others get their answer at once.
        #expect(text(12) == (visit.client == "fastmcp" && isModern ? "task done" : "at once"))
        #expect(outcomes[13]["error"]?["code"] == -32_050)
        await surface.noted("cancelled theirs")
    }
}

/// A socket that waits for one connection.
private final class LoopbackListener: Sendable {
    private let descriptor: Int32
    let port: Int

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        try #require(isBound)
    }

    deinit { close(descriptor) }

    func accept() -> Int32 { Glibc.accept(descriptor, nil, nil) }
}
