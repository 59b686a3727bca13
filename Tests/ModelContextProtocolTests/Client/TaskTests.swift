import JSONSchema
import ModelContextProtocol
import Synchronization
import TestSupport
import Testing

/// Calls that a FastMCP server works on as tasks.
@Suite("A client and tasks", .enabled(if: PeerProgram.areInstalled, PeerProgram.absence))
struct TaskTests {
    private static let roads = Road.Transport.allCases.map { Road(transport: $0, era: .modern) }

    private func client(_ road: Road) async throws -> MCPClient {
        try await PeerHall.shared.client(of: .tasks, by: road)
    }

    @Test("a call that becomes a task ends with the result of the task", arguments: roads)
    func completes(road: Road) async throws {
        let client = try await client(road)
        let result = try await client.callTool("maybe", ["seconds": 0.05, "text": "later"])
        #expect(result.content.compactMap(\.plainText) == ["later"])
        let structured = try await client.callTool("always", ["seconds": 0.05]).structuredContent
        #expect(structured?["slept"]?.doubleValue == 0.05 || structured?["result"]?["slept"]?.doubleValue == 0.05)
        #expect(try await client.callTool("at_once", ["text": "now"]).content.compactMap(\.plainText) == ["now"])
    }

    @Test("a task that fails is a result that says so", arguments: roads)
    func fails(road: Road) async throws {
        let result = try await client(road).callTool("failing")
        #expect(result.isError && result.content.compactMap(\.plainText).joined().contains("failed as asked"))
    }

    @Test("what a task asks is answered once", arguments: roads)
    func asks(road: Road) async throws {
        let person = ScriptedPerson()
        let client = try await PeerHall.shared.newClient(of: .tasks, by: road, input: person)
        let result = try await client.callTool("asking")
        #expect(result.content.compactMap(\.plainText).joined().hasPrefix("accept"))
        #expect(person.asked == ["elicitation/create"])
        await client.close()
    }

    @Test("a client without the extension gets an ordinary answer, or is told what it lacks")
    func withoutExtension() async throws {
        let road = Road(transport: .http, era: .modern)
        let client = try await PeerHall.shared.newClient(of: .tasks, by: road, input: NoInput())
        #expect(try await client.callTool("maybe", ["text": "here"]).content.compactMap(\.plainText) == ["here"])
        let error = await #expect(throws: ProtocolError.self) { try await client.callTool("always") }
        #expect(error?.code == ProtocolError.Code.missingCapability)
        await client.close()
    }

    @Test("a task whose caller is cancelled is cancelled on the server")
    func cancellation() async throws {
        let transport = ObservedTransport(StandardStreamsTransport(try PeerServer.tasks.program))
        let options = MCPClient.Options(versions: [.v2026_07_28])
        let client = MCPClient(transport, identity: .tester, input: ScriptedPerson(), options: options)
        let call = Task { try await client.callTool("endless") }
        let id = try await transport.first { $0.method == Method.getTask }?.parameters["taskId"]
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        let cancel = try await transport.first { $0.method == Method.cancelTask }
        #expect(id != nil && cancel?.parameters["taskId"] == id)
        // Sent after it, so answered after it.
        let state = try await client.request(Method.getTask, ["taskId": try #require(id)])
        #expect(["cancelled", "working"].contains(state["status"]?.stringValue ?? ""))
        await client.close()
    }
}

/// A transport whose requests can be waited for.
final class ObservedTransport: ClientTransport {
    private let transport: any ClientTransport
    private let requests = AsyncStream<Message.Request>.makeStream()

    init(_ transport: any ClientTransport) { self.transport = transport }

    /// The next request that fits. One test waits at a time.
    func first(where fits: @escaping @Sendable (Message.Request) -> Bool) async throws -> Message.Request? {
        let stream = requests.stream
        return try await withDeadline(.seconds(30)) {
            for await request in stream where fits(request) { return request }
            return nil
        }
    }

    func open(_ inbox: ClientInbox) async throws { try await transport.open(inbox) }

    func exchange(_ request: Message.Request, _ delivery: Delivery) async throws -> Message.Response {
        requests.continuation.yield(request)
        return try await transport.exchange(request, delivery)
    }

    func notify(_ notification: Message.Notification, _ delivery: Delivery) async throws {
        try await transport.notify(notification, delivery)
    }

    func beganSession(_ version: ProtocolVersion) async { await transport.beganSession(version) }
    func close() async { await transport.close() }
    var probing: EraProbing { transport.probing }
}
