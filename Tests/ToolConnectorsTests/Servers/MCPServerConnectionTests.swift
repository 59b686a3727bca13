import JSONSchema
import ModelContextProtocol
import PlanExecution
import SkillCatalog
import TestSupport
import Testing
import ToolConnectors

@Suite("A configured MCP server", .serialized)
struct MCPServerConnectionTests {
    @Test("starts when it is first needed, once for all who need it, and not before")
    func lazy() async throws {
        try await ServerFixture.with([ServerFixture.configuration("s", ["healthy"])]) { pool in
            let server = try #require(pool.connection("s"))
            #expect(await server.health.phase == .idle)
            try await withThrowingTaskGroup { group in
                for number in 0..<20 {
                    group.addTask { try await server.call("echo", ["text": .string("\(number)")], RequestOptions()) }
                }
                try await group.waitForAll()
            }
            let health = await server.health
            #expect(health.phase == .ready)
            #expect(health.starts == 1)
            #expect(health.calls == 20)
            await server.stop()
            #expect(await server.health.phase == .idle)
            _ = try await server.call("echo", ["text": "again"], RequestOptions())
            #expect(await server.health.starts == 2)
        }
    }

    @Test("that dies in a call is started again by the next one, and left alone when it makes a habit of it")
    func supervision() async throws {
        try await ServerFixture.with([ServerFixture.configuration("s", ["dies"])]) { pool in
            let server = try #require(pool.connection("s"))
            for _ in 0..<2 {
                await #expect(throws: ConnectionError.self) { try await server.call("work", [:], RequestOptions()) }
            }
            let resting = await #expect(throws: ServerUnavailable.self) {
                try await server.call("work", [:], RequestOptions())
            }
            guard case .resting? = resting?.reason else {
                return #expect(Bool(false), "\(String(describing: resting))")
            }
            #expect(await server.health.starts == 2)
            #expect(await server.health.phase == .resting)
        }
    }

    @Test("that cannot start says why, with what it wrote")
    func broken() async throws {
        var missing = ServerFixture.configuration("missing", [])
        missing.transport = .stdio(.init(command: "no-such-program-anywhere"))
        try await ServerFixture.with([missing, ServerFixture.configuration("gone", ["dies-at-start"])]) { pool in
            let absent = await #expect(throws: ServerUnavailable.self) { try await pool.connection("missing")?.tools() }
            #expect(absent?.description.contains("no-such-program-anywhere") == true)
            await #expect(throws: ServerUnavailable.self) { try await pool.connection("gone")?.tools() }
            #expect(await pool.connection("gone")?.health.remarks.isEmpty == false)
        }
    }

    @Test("that is switched off is never started")
    func disabled() async throws {
        var server = ServerFixture.configuration("off", ["healthy"])
        server.isDisabled = true
        try await ServerFixture.with([server]) { pool in
            let error = await #expect(throws: ServerUnavailable.self) { try await pool.connection("off")?.tools() }
            #expect(error?.reason == .disabled)
            #expect(await pool.connection("off")?.health.starts == 0)
            let (skills, _) = try await ServerFixture.read(ServerFixture.source(pool, try MCPToolPins(file: nil)))
            #expect(skills.isEmpty)
        }
    }
}
