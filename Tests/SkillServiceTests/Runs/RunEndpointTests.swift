import HTTPTransport
import JSONSchema
import SkillHarness
import TestSupport
import Testing

@testable import SkillService

@Suite(
    "Runs over HTTP",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct RunEndpointTests {
    private static let time = ServiceFixture.chain([("clock", "time_in", ["city": "Oslo"])])

    @Test("begin a run, follow it to its end, and find it in the list")
    func succeeds() async throws {
        try await ServiceFixture.with { service in
            service.tools.fail("clock.time_in", times: 1)
            let begun = try await service.may(.post, "/v1/runs", ["plan": Self.time])
            #expect(begun.status == 201)
            let id = try #require(begun.json["run"]?.stringValue)
            #expect(begun.headers["Location"] == "/v1/runs/\(id)")
            let run = try await service.run(id, reaches: ["succeeded"])
            let step = try #require(run["steps"]?.arrayValue?.first)
            #expect(step["result"]?["time"] == "07:54")
            #expect(step["attempts"] == 2)
            let list = try await service.may(.get, "/v1/runs?phase=succeeded&limit=1")
            #expect(list.json["runs"]?.arrayValue?.first?["run"]?.stringValue == id)
            let again = try await service.may(.post, "/v1/runs/\(id)/resume", [:])
            #expect(again.json["code"] == "finished")
            let gone = try await service.may(.delete, "/v1/runs/\(id)")
            #expect(gone.status == 204)
            let absent = try await service.may(.get, "/v1/runs/\(id)")
            #expect(absent.status == 404)
        }
    }

    @Test("wait for a person before something is destroyed, and do what the person says", arguments: [true, false])
    func approval(isAllowed: Bool) async throws {
        try await ServiceFixture.with { service in
            let plan = ServiceFixture.chain([("shredder", "shred", ["path": "tax.pdf"])])
            let begun = try await service.may(.post, "/v1/runs", ["plan": plan])
            let id = try #require(begun.json["run"]?.stringValue)
            let waiting = try await service.run(id, reaches: ["waiting"])
            let question = try #require(waiting["questions"]?.arrayValue?.first)
            #expect(question["kind"] == "approval")
            #expect(question["arguments"]?["path"] == "tax.pdf")
            #expect(service.tools.calls.isEmpty)
            let unasked = try await service.may(.post, "/v1/runs/\(id)/answers", ["approve": ["s7"]])
            #expect(unasked.status == 409)
            _ = try await service.may(.post, "/v1/runs/\(id)/answers", [isAllowed ? "approve" : "deny": ["s1"]])
            let run = try await service.run(id, reaches: ["succeeded", "failed"])
            #expect(run["phase"] == (isAllowed ? "succeeded" : "failed"))
            #expect(service.tools.calls == (isAllowed ? ["shred tax.pdf"] : []))
        }
    }

    @Test("take an answer while other steps of the run are under way")
    func answerMeanwhile() async throws {
        try await ServiceFixture.with { service in
            var plan = ServiceFixture.chain([("gate", "wait", [:]), ("shredder", "shred", ["path": "a"])])
            plan = Self.independent(plan)
            let begun = try await service.may(.post, "/v1/runs", ["plan": plan])
            let id = try #require(begun.json["run"]?.stringValue)
            var asked = false
            for _ in 0..<600 where !asked {
                let run = try await service.may(.get, "/v1/runs/\(id)")
                asked = run.json["questions"]?.arrayValue?.isEmpty == false
                if !asked { _ = await service.runs.growth.wait(for: id, beyond: .max, within: .milliseconds(50)) }
            }
            #expect(asked)
            let answered = try await service.may(.post, "/v1/runs/\(id)/answers", ["approve": ["s2"]])
            #expect(answered.status == 200)
            #expect(answered.json["driving"] == true)
            service.tools.release()
            let run = try await service.run(id, reaches: ["succeeded", "failed", "waiting"])
            #expect(run["phase"] == "succeeded")
            #expect(Set(service.tools.calls) == ["wait", "shred a"])
        }
    }

    @Test("send the events of a run, from its beginning or behind the last one a client has")
    func events() async throws {
        try await ServiceFixture.with { service in
            let begun = try await service.may(.post, "/v1/runs", ["plan": Self.time])
            let id = try #require(begun.json["run"]?.stringValue)
            let all = try await Self.events(of: id, service)
            #expect(all.map(\.kind).last == "finished")
            #expect(all.map(\.sequence) == Array(1...all.count))
            let rest = try await Self.events(of: id, service, after: "2")
            #expect(rest.map(\.sequence) == Array(3...all.count))
        }
    }

    @Test("begin one run for one idempotency key")
    func idempotency() async throws {
        try await ServiceFixture.with { service in
            let headers = ["Idempotency-Key": "k1"]
            let first = try await service.ask(
                .post,
                "/v1/runs",
                ["plan": Self.time],
                token: service.token,
                headers: headers
            )
            let second = try await service.ask(
                .post,
                "/v1/runs",
                ["plan": Self.time],
                token: service.token,
                headers: headers
            )
            #expect((first.status, second.status) == (201, 200))
            #expect(first.json["run"] == second.json["run"])
            let other = try await service.ask(
                .post,
                "/v1/runs",
                ["request": "another"],
                token: service.token,
                headers: headers
            )
            #expect(other.json["code"] == "key-reused")
        }
    }

    @Test("cancel a run that is under way")
    func cancel() async throws {
        try await ServiceFixture.with { service in
            let plan = ServiceFixture.chain([("gate", "wait", [:]), ("clock", "time_in", ["city": "Oslo"])])
            let begun = try await service.may(.post, "/v1/runs", ["plan": plan])
            let id = try #require(begun.json["run"]?.stringValue)
            service.tools.release()
            let cancelled = try await service.may(.post, "/v1/runs/\(id)/cancel", [:])
            #expect([200, 409].contains(cancelled.status))
            let run = try await service.run(id, reaches: ["cancelled", "succeeded"])
            #expect(run["phase"] != "failed")
        }
    }

    @Test("refuse plans that cannot run, and requests nothing fits")
    func refuse() async throws {
        try await ServiceFixture.with { service in
            let unknown = ServiceFixture.chain([("nothing", "at_all", [:])])
            let bodies: [JSONValue] = [
                ["plan": unknown], ["plan": ["steps": []]], ["plan": [:]],
                ["plan": Self.time, "answers": ["city": "x"]], ["plan": Self.time, "answers": ["s9.city": "x"]],
            ]
            for body in bodies {
                let answer = try await service.may(.post, "/v1/runs", body)
                #expect(answer.status == 422, "\(answer.text)")
            }
            let both = try await service.may(.post, "/v1/runs", ["plan": Self.time, "request": "x"])
            #expect(both.status == 400)
        }
    }

    @Test("keep callers to what their tokens allow")
    func scopes() async throws {
        try await ServiceFixture.with { service in
            let made = try await service.may(
                .post,
                "/v1/access-tokens",
                ["name": "reader", "scopes": ["runs:read"]]
            )
            #expect(made.status == 201)
            let reader = try #require(made.json["token"]?.stringValue)
            let list = try await service.ask(.get, "/v1/runs", token: reader)
            #expect(list.status == 200)
            let begun = try await service.ask(.post, "/v1/runs", ["plan": Self.time], token: reader)
            #expect(begun.json["code"] == "insufficient-scope")
            let id = try #require(made.json["id"]?.stringValue)
            _ = try await service.may(.delete, "/v1/access-tokens/\(id)")
            let revoked = try await service.ask(.get, "/v1/runs", token: reader)
            #expect(revoked.status == 401)
        }
    }

    // MARK: - Reading events

    private static func independent(_ plan: JSONValue) -> JSONValue {
        var members = plan.objectValue ?? [:]
        members["steps"] = .array(
            (plan["steps"]?.arrayValue ?? []).map { step in
                var step = step.objectValue ?? [:]
                step["depends_on"] = []
                return .object(step)
            }
        )
        return .object(members)
    }

    private struct Event {
        var sequence: Int
        var kind: String
    }

    /// The events up to the end of the run.
    private static func events(
        of run: String,
        _ fixture: ServiceFixture,
        after: String? = nil
    ) async throws -> [Event] {
        var request = HTTPServerRequest(
            method: .get,
            target: "/v1/runs/\(run)/events",
            headers: ["Host": "localhost", "Authorization": "Bearer \(fixture.token)"]
        )
        request.headers["Last-Event-ID"] = after
        let response = await fixture.service.respond(to: request)
        guard case .stream(let body) = response.body else { return [] }
        var parser = ServerSentEventParser()
        var events: [Event] = []
        for try await piece in body {
            for event in try parser.receive(piece) where event.name == "run" {
                let json = try JSONParser.parse(event.data)
                events.append(
                    Event(sequence: json["sequence"]?.intValue ?? 0, kind: json["kind"]?.stringValue ?? "")
                )
            }
        }
        return events
    }
}
