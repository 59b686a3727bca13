import JSONSchema
import ModelContextProtocol
import SkillHarness
import TestSupport
import Testing

@Suite(
    "Plans and runs through a gateway",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct GatewayRunTests {
    @Test("plan a request, run the plan by its id, and look at the run")
    func planAndRun() async throws {
        try await GatewayFixture.with { fixture in
            let planned = try await fixture.call(
                "plan_request",
                ["request": "Get the current time in the city \"Tokyo\""]
            )
            #expect(planned.structuredContent?["fits"] == true)
            let step = planned.structuredContent?["steps"]?.arrayValue?.first
            #expect(step?["tool"] == "clock.time_in")
            let id = try #require(planned.structuredContent?["plan_id"])
            let run = try await fixture.call("run_plan", ["plan_id": id, "answers": ["s1.city": "Tokyo"]])
            #expect(run.structuredContent?["phase"] == "succeeded")
            #expect(run.structuredContent?["steps"]?.arrayValue?.first?["result"]?["time"] == "07:54")
            let name = try #require(run.structuredContent?["run"])
            let seen = try await fixture.call("get_run", ["run": name, "detail": "full"])
            #expect(seen.structuredContent?["request"]?.stringValue?.contains("Tokyo") == true)
            #expect(fixture.calls.all == ["time_in"])
        }
    }

    @Test("keep a plan for whoever asked for it")
    func foreignPlan() async throws {
        try await GatewayFixture.with { fixture in
            let planned = try await fixture.call("plan_request", ["request": "Get the current time in a city"])
            let id = try #require(planned.structuredContent?["plan_id"])
            let foreign = try await fixture.call("run_plan", ["plan_id": id], GatewayFixture.other)
            #expect(foreign.isError)
            let both = try await fixture.call("run_plan", ["plan_id": id, "plan": [:]])
            #expect(both.isError)
            let neither = try await fixture.call("run_plan", [:])
            #expect(neither.isError)
        }
    }

    @Test("ask the person for consent in the middle of a run, and go on with the answer")
    func consent() async throws {
        try await GatewayFixture.with { fixture in
            let planned = try await fixture.call("plan_request", ["request": "Delete the file \"tax.pdf\" for good"])
            let id = try #require(planned.structuredContent?["plan_id"])
            var call = ToolRequest(
                name: "run_plan",
                arguments: ["plan_id": id, "answers": ["s1.path": "tax.pdf"]]
            )
            let first = try await fixture.gateway.callTool(call, GatewayFixture.modern)
            guard case .questions(let questions, let state) = first else { return #expect(Bool(false), "\(first)") }
            #expect(fixture.calls.all.isEmpty)
            let name = try #require(questions.names.first)
            call.state = state
            call.answers = JSONObject([(name, ["action": "accept", "content": ["allow": true]] as JSONValue)])
            guard case .result(let done) = try await fixture.gateway.callTool(call, GatewayFixture.modern) else {
                return #expect(Bool(false), "no result")
            }
            #expect(done.structuredContent?["phase"] == "succeeded")
            #expect(fixture.calls.all == ["shred tax.pdf"])
        }
    }

    @Test("leave a run waiting where the client cannot ask: the model cannot give the consent itself")
    func waiting() async throws {
        try await GatewayFixture.with { fixture in
            let planned = try await fixture.call("plan_request", ["request": "Delete the file \"tax.pdf\" for good"])
            let id = try #require(planned.structuredContent?["plan_id"])
            let run = try await fixture.call(
                "run_plan",
                ["plan_id": id, "answers": ["s1.path": "tax.pdf"]],
                GatewayFixture.silent
            )
            // Plans belong to whoever asked; both contexts are the same person's.
            #expect(run.structuredContent?["phase"] == "waiting")
            let name = try #require(run.structuredContent?["run"])
            let resumed = try await fixture.call("resume_run", ["run": name], GatewayFixture.silent)
            #expect(resumed.structuredContent?["phase"] == "waiting")
            let sly = try await fixture.call(
                "resume_run",
                ["run": name, "approve": ["all"]],
                GatewayFixture.silent
            )
            #expect(sly.isError)
            #expect(fixture.calls.all.isEmpty)
            let denied = try await fixture.call("resume_run", ["run": name, "deny": ["s1"]], GatewayFixture.silent)
            #expect(denied.structuredContent?["phase"] == "failed")
            let over = try await fixture.call("cancel_run", ["run": name], GatewayFixture.silent)
            #expect(over.structuredContent?["phase"] == "failed")
        }
    }

    @Test("say what is not there")
    func unknown() async throws {
        try await GatewayFixture.with { fixture in
            for tool in ["get_run", "resume_run", "cancel_run"] {
                let result = try await fixture.call(tool, ["run": "nothing"])
                #expect(result.isError, "\(tool)")
            }
            await #expect(throws: ProtocolError.self) {
                try await fixture.gateway.task("nothing", GatewayFixture.modern)
            }
        }
    }
}
