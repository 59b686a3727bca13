import HTTPTransport
import JSONSchema
import PlanExecution
import SkillHarness
import SkillService
import TestSupport
import Testing

@Suite(
    "A service that stops",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct StoppingTests {
    private static let plan = ServiceFixture.chain([("gate", "wait", [:]), ("clock", "time_in", ["city": "Oslo"])])

    @Test("lets runs end that can end in time")
    func grace() async throws {
        try await ServiceFixture.with(options: ServiceOptions(grace: .seconds(30))) { service in
            let id = try await Self.begin(service)
            async let stopped: Void = service.service.stop()
            service.tools.release()
            await stopped
            let run = try await service.may(.get, "/v1/runs/\(id)")
            #expect(run.json["phase"] == "succeeded")
        }
    }

    @Test("has the rest of a run in the journal, and goes on with it when it starts again")
    func journal() async throws {
        try await ServiceFixture.with { service in
            let id = try await Self.begin(service)
            async let stopped: Void = service.service.stop()
            // A tool that does not hear of its cancellation keeps its run until it ends.
            service.tools.release()
            await stopped
            let left = try await service.may(.get, "/v1/runs/\(id)")
            let phase = try #require(left.json["phase"]?.stringValue)
            #expect(["interrupted", "running", "succeeded"].contains(phase))

            let again = HostedRuns(try service.driver())
            let taken = try await again.takeUp()
            #expect(taken == (phase == "succeeded" ? [] : [id]))
            _ = try await again.state(of: id, within: .seconds(30))
            let state = try await again.store.state(of: id)
            #expect(state.outcome == .succeeded)
            await again.close()
        }
    }

    @Test("leaves runs alone that others drove")
    func others() async throws {
        try await ServiceFixture.with { service in
            var driver = try service.driver()
            driver.owner = "somebody"
            let others = HostedRuns(driver)
            let id = try await Self.begin(service)
            service.tools.release()
            _ = try await service.run(id, reaches: ["succeeded"])
            let taken = try await others.takeUp()
            #expect(taken.isEmpty)
            await others.close()
        }
    }

    @Test("ends the streams of its clients")
    func streams() async throws {
        try await ServiceFixture.with { service in
            let plan = ServiceFixture.chain([("shredder", "shred", ["path": "a"])])
            let begun = try await service.may(.post, "/v1/runs", ["plan": plan])
            let id = try #require(begun.json["run"]?.stringValue)
            _ = try await service.run(id, reaches: ["waiting"])
            let response = await service.service.respond(
                to: HTTPServerRequest(
                    method: .get,
                    target: "/v1/runs/\(id)/events",
                    headers: ["Host": "localhost", "Authorization": "Bearer \(service.token)"]
                )
            )
            guard case .stream(let body) = response.body else { return #expect(Bool(false), "no stream") }
            async let text = body.collected()
            await service.service.stop()
            let end = String(decoding: try await text, as: UTF8.self)
            #expect(end.hasSuffix("event: stopping\ndata: {}\n\n"))
        }
    }

    /// A run whose first step waits at the gate.
    private static func begin(_ service: ServiceFixture) async throws -> String {
        let begun = try await service.may(.post, "/v1/runs", ["plan": plan])
        let id = try #require(begun.json["run"]?.stringValue)
        while !service.tools.calls.contains("wait") {
            _ = await service.runs.growth.wait(for: id, beyond: .max, within: .milliseconds(20))
        }
        return id
    }
}
