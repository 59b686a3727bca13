import HTTPTransport
import JSONSchema
import TestSupport
import Testing

@Suite(
    "Searching, routing and reading over HTTP",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct LibraryEndpointTests {
    @Test("find skills, with the reasons where they are wanted")
    func search() async throws {
        try await ServiceFixture.with { service in
            let plain = try await service.ask(.get, "/v1/search?q=what%20time%20is%20it%20in%20a%20city&top=2")
            #expect(plain.status == 200)
            #expect(plain.json["results"]?.arrayValue?.first?["skill"] == "clock")
            #expect(plain.json["results"]?.arrayValue?.first?["description"] == "Tell the current time of a city.")
            #expect(plain.json["results"]?.arrayValue?.first?["explanation"] == nil)
            let explained = try await service.ask(
                .post,
                "/v1/search",
                ["query": "what time is it", "explain": true, "deny": ["clock"]]
            )
            #expect(explained.json["results"]?.arrayValue?.contains { $0["skill"] == "clock" } == false)
            #expect(explained.json["results"]?.arrayValue?.first?["explanation"]?["signals"] != nil)
        }
    }

    @Test("route a request to a plan, with the skills it may use")
    func route() async throws {
        try await ServiceFixture.with { service in
            let answer = try await service.ask(
                .post,
                "/v1/route",
                ["request": "Get the current time in the city \"Tokyo\""]
            )
            #expect(answer.status == 200)
            #expect(answer.json["plan"]?["steps"]?.arrayValue?.first?["tool"] == "time_in")
            #expect(answer.json["skills"]?["clock"]?["tools"]?.arrayValue?.first?["name"] == "time_in")
            #expect(answer.json["mermaid"]?.stringValue?.contains("flowchart") == true)
        }
    }

    @Test("give a step another candidate, and keep what a person answered")
    func candidate() async throws {
        try await ServiceFixture.with { service in
            let routed = try await service.ask(
                .post,
                "/v1/route",
                ["request": "Get the current time in the city \"Tokyo\""]
            )
            let plan = try #require(routed.json["plan"])
            let changed = try await service.ask(
                .post,
                "/v1/plan/candidate",
                ["plan": plan, "step": "s1", "skill": "shredder", "tool": "shred"]
            )
            #expect(changed.status == 200)
            #expect(changed.json["plan"]?["steps"]?.arrayValue?.first?["tool"] == "shred")
            let unknown: [JSONValue] = [
                ["plan": plan, "step": "s9", "skill": "shredder"], ["plan": plan, "step": "s1", "skill": "nothing"],
                ["plan": plan, "step": "s1", "skill": "clock", "tool": "nothing"],
            ]
            for body in unknown {
                let answer = try await service.ask(.post, "/v1/plan/candidate", body)
                #expect([404, 422].contains(answer.status))
            }
        }
    }

    @Test("keep the words that an edge was found in when the waiting step gets another candidate")
    func edgeReasons() async throws {
        try await ServiceFixture.with { service in
            var plan = ServiceFixture.chain([
                ("clock", "time_in", ["city": "Oslo"]), ("clock", "time_in", ["city": "Rome"]),
            ])
            let reason: JSONValue = ["kind": "order", "cue": "and only then"]
            var steps = try #require(plan["steps"]?.arrayValue)
            var second = try #require(steps[1].objectValue)
            second["depends_because"] = ["s1": reason]
            steps[1] = .object(second)
            var object = try #require(plan.objectValue)
            object["steps"] = .array(steps)
            plan = .object(object)
            let changed = try await service.ask(
                .post,
                "/v1/plan/candidate",
                ["plan": plan, "step": "s2", "skill": "shredder", "tool": "shred"]
            )
            let step = changed.json["plan"]?["steps"]?.arrayValue?.last
            #expect(step?["tool"] == "shred")
            #expect(step?["depends_because"]?["s1"] == reason)
        }
    }

    @Test("say what is wrong with a plan")
    func check() async throws {
        try await ServiceFixture.with { service in
            let good = ServiceFixture.chain([("clock", "time_in", ["city": "Oslo"])])
            let answer = try await service.ask(.post, "/v1/plan/check", ["plan": good])
            #expect(answer.json["valid"] == true)
            let bad = ServiceFixture.chain([("clock", "nothing", [:])])
            let refused = try await service.ask(.post, "/v1/plan/check", ["plan": bad])
            #expect(refused.json["valid"] == false)
            #expect(refused.json["problems"]?.arrayValue?.isEmpty == false)
            let none = try await service.ask(.post, "/v1/plan/check", ["plan": ["steps": 3]])
            #expect(none.status == 422)
        }
    }

    @Test("page through skills, and show one with what it costs")
    func skills() async throws {
        try await ServiceFixture.with { service in
            let first = try await service.ask(.get, "/v1/skills?limit=2")
            let next = try #require(first.json["next"]?.stringValue)
            let second = try await service.ask(.get, "/v1/skills?limit=2&cursor=\(next)")
            let ids = [first, second].flatMap { $0.json["skills"]?.arrayValue ?? [] }.compactMap {
                $0["id"]?.stringValue
            }
            #expect(Set(ids) == ["clock", "shredder", "gate"])
            #expect(second.json["next"] == .null)
            let skill = try await service.ask(.get, "/v1/skills/clock")
            #expect(skill.json["document"]?.stringValue?.contains("How to use clock") == true)
            #expect(skill.json["tokens"]?["source"] == "estimated")
            let unknown = try await service.ask(.get, "/v1/skills/clok")
            #expect(unknown.status == 404)
            #expect(unknown.json["hint"]?.stringValue?.contains("clock") == true)
        }
    }

    @Test(
        "read what is there",
        arguments: [
            "/healthz", "/readyz", "/openapi.json", "/metrics", "/v1/service", "/v1/libraries", "/v1/tokens",
            "/v1/menu?budget=500", "/v1/benchmarks",
        ]
    )
    func read(target: String) async throws {
        try await ServiceFixture.with { service in
            let answer = try await service.ask(.get, target)
            #expect(answer.status == 200, "\(answer.text.prefix(300))")
            let head = try await service.ask(.head, target)
            #expect(head.status == 200)
        }
    }

    @Test("check the files of a skill that is sent, and keep none of them")
    func validate() async throws {
        try await ServiceFixture.with { service in
            let good: JSONValue = ["files": ["SKILL.md": "---\nname: a-skill\ndescription: Does it.\n---\n\nSo.\n"]]
            let fine = try await service.ask(
                .post,
                "/v1/validate",
                ["files": good["files"] ?? .null, "name": "a-skill"]
            )
            #expect(fine.json["valid"] == true, "\(fine.text)")
            let bad = try await service.ask(.post, "/v1/validate", ["files": ["SKILL.md": "nothing"]])
            #expect(bad.json["valid"] == false)
            #expect(!bad.text.contains("/tmp/"))
            for path in ["../SKILL.md", "/etc/passwd", "a//b", "a/../../b", ".", "a\u{0}b", "c:\\x"] {
                let answer = try await service.ask(
                    .post,
                    "/v1/validate",
                    ["files": .object([path: "x"])]
                )
                #expect(answer.status == 400, "\(path): \(answer.text)")
            }
        }
    }

    @Test("deliver plots by name and nothing else")
    func plots() async throws {
        try await ServiceFixture.with { service in
            let list = try await service.ask(.get, "/v1/benchmarks")
            let name = try #require(list.json["plots"]?.arrayValue?.first?["name"]?.stringValue)
            let plot = try await service.ask(.get, "/v1/benchmarks/plots/\(name)")
            #expect(plot.headers.mediaType == "image/svg+xml")
            #expect(plot.headers["Content-Security-Policy"]?.contains("sandbox") == true)
            for path in ["..%2FREADME.md", "%2e%2e%2freport.md", "nothing.svg", "..%5Cx.svg"] {
                let answer = try await service.ask(.get, "/v1/benchmarks/plots/\(path)")
                #expect(answer.status == 404)
            }
        }
    }
}
