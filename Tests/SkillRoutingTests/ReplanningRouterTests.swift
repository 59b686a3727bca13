import FoundationEssentials
import JSONSchema
import PlanExecution
import SkillWeaver
import TestSupport
import Testing

@Suite(
    "The router, when a run is at a dead end",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct ReplanningRouterTests {
    private static let schema = """
        [{"name": "NAME", "description": "Look up the weather of a city.", "input_schema": {"type": "object",
        "properties": {"city": {"type": "string", "description": "Name of the city"}}, "required": ["city"]},
        "output_schema": {"type": "object", "properties": {"degrees": {"type": "number"}}, "required": ["degrees"]},
        "annotations": {"readOnlyHint": true}}]
        """

    @Test("finds another skill for the step, which gets what the first one would have got")
    func anotherSkill() async throws {
        try await withTemporaryFolder { folder in
            for (name, tool) in [("weather-one", "weather_now"), ("weather-two", "city_weather")] {
                let text = "---\nname: \(name)\ndescription: Look up the weather of a city.\n---\n# Weather\n"
                try write(text, to: "\(folder)/skills/\(name)/SKILL.md")
                let schema = Self.schema.replacing("NAME", with: tool)
                try write(schema, to: "\(folder)/skills/\(name)/schema.json")
            }
            var options = RouterOptions(environment: { _ in nil })
            options.home = SkillHome(folder: "\(folder)/home")
            options.installation = Installation(encoder: Installed.encoder, runtime: Installed.runtime)
            options.secrets = ["s3cr3t-token"]
            options.invokers = ToolInvokerProvider { _ in
                ClosureInvoker([
                    "weather-one.weather_now": { _ in throw ToolFailure(.permanent, code: "gone", "it is gone") },
                    "weather-two.city_weather": { arguments in
                        ["degrees": arguments["city"] == "Oslo" ? 4 : 0]
                    },
                ])
            }
            let router = try await SkillRouter(library: .folder("\(folder)/skills"), options: options)
            var plan = try await router.route("Look up the weather of the city \"Oslo\"")
            try #require(plan.steps.count == 1)
            // One tool, and nothing to fall back to.
            (plan.steps[0].skill, plan.steps[0].tool) = ("weather-one", "weather_now")
            plan.steps[0].arguments = ["city": "Oslo"]
            plan.steps[0].candidates = plan.steps[0].candidates.filter { $0.skill == "weather-one" }
            plan.questions = []
            // What is granted to tools is no part of what is kept.
            plan.request += " for s3cr3t-token"
            var kinds: [String] = []
            var result: JSONValue?
            var run = ""
            for try await event in router.run(plan) {
                run = event.run
                kinds.append(event.entry.transition.kind)
                if case .succeeded(_, _, let value, _) = event.entry.transition { result = value }
            }
            #expect(kinds.contains("replanned") && kinds.last == "finished", "\(kinds)")
            #expect(result == ["degrees": 4])
            let kept = try await router.driver().store.definition(of: run)
            #expect(!kept.plan.request.contains("s3cr3t") && kept.plan.request.hasPrefix("Look up the weather"))
        }
    }
}
