import SkillWeaver
import TestSupport
import Testing

@Suite(
    "Plans refined with the library",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct RefinedPlanTests {
    @Test("a tool that needs an identifier gets a look-up before it, bound to its result")
    func lookUp() async throws {
        try await withRouter { router in
            let plan = try await router.route("Get the keywords of the movie Titanic")
            #expect(plan.steps.map(\.id) == ["s1", "s2"])
            let (first, second) = (try #require(plan.steps.first), try #require(plan.steps.last))
            #expect(first.qualifiedName == "films.search_movies")
            #expect(first.subtask.text == "find the id of the movie Titanic")
            #expect(first.subtask.span == 30..<37)
            let need = try #require(first.subtask.origin.need)
            #expect(need.step == "s2" && need.input == "movie_id")
            #expect(second.qualifiedName == "films.get_movie_keywords")
            #expect(second.dependsOn == ["s1"])
            #expect(second.reasons["s1"] == EdgeReason(.dataFlow, cue: "movie_id"))
            #expect(second.arguments == ["movie_id": ["$from": "s1", "path": "/movies/0/id"]])
            #expect(!plan.questions.contains { $0.step == "s2" })
            #expect(plan.table(width: 100).contains("implicit: films.get_movie_keywords requires movie_id"))
            #expect(try Plan(jsonText: plan.json.serialized()).steps == plan.steps.map(written))
        }
    }

    @Test(
        "nothing is added where the request says the identifier, or names nothing",
        arguments: ["Get the keywords of the movie with the id tt0120338", "Get the keywords of my favourite movie"]
    )
    func noLookUp(request: String) async throws {
        try await withRouter { router in
            let plan = try await router.route(request)
            #expect(plan.steps.map(\.qualifiedName) == ["films.get_movie_keywords"])
            #expect(plan.steps.allSatisfy { $0.subtask.origin == .stated })
        }
    }

    @Test("a list of objects is two steps where two tools serve them, one where one does")
    func lists() async throws {
        try await withRouter { router in
            let two = try await router.route("Search flights and hotels")
            #expect(two.steps.map(\.skill) == ["flight-search", "hotel-search"])
            #expect(two.steps.map(\.subtask.text) == ["Search flights", "Search hotels"])
            #expect(two.steps.allSatisfy { $0.subtask.span != nil })
            let one = try await router.route("Search comedies and dramas")
            #expect(one.steps.map(\.skill) == ["films"])
        }
    }

    @Test("a step that nothing fits says what is nearest, and why that is too far")
    func abstention() async throws {
        try await withRouter { router in
            let plan = try await router.route("Sharpen the lawn mower blades")
            let reason = try #require(plan.steps.first?.abstention)
            #expect(reason.hasPrefix("no skill fits; the nearest is "))
            #expect(reason.contains("are needed"))
        }
    }

    /// A step as it comes back from JSON, with scores of four decimals.
    private func written(_ step: PlanStep) -> PlanStep {
        var step = step
        let rounded = { (score: Double) in (score * 10_000).rounded() / 10_000 }
        step.score = rounded(step.score)
        step.subtask.confidence = rounded(step.subtask.confidence)
        for index in step.candidates.indices { step.candidates[index].score = rounded(step.candidates[index].score) }
        return step
    }

    private func withRouter(_ body: (SkillRouter) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            var options = RouterOptions(environment: { _ in nil })
            options.home = SkillHome(folder: "\(folder)/home")
            options.installation = Installation(encoder: Installed.encoder, runtime: Installed.runtime)
            try write(
                skill("films", "Search movies by title, and get keywords of a movie."),
                to: "\(folder)/s/films/SKILL.md"
            )
            try write(Self.filmTools, to: "\(folder)/s/films/schema.json")
            try write(
                skill("flight-search", "Search flights between airports."),
                to: "\(folder)/s/flight-search/SKILL.md"
            )
            try write(skill("hotel-search", "Search hotels in a city."), to: "\(folder)/s/hotel-search/SKILL.md")
            try await body(try await SkillRouter(library: .folder("\(folder)/s"), options: options))
        }
    }

    private func skill(_ name: String, _ description: String) -> String {
        "---\nname: \(name)\ndescription: \(description)\n---\n\nUse it.\n"
    }

    private static let filmTools = """
        [
          {
            "name": "search_movies",
            "description": "Search movies by title.",
            "input_schema": {
              "type": "object", "properties": { "query": { "type": "string" } }, "required": ["query"]
            },
            "output_schema": {
              "type": "object",
              "properties": {
                "movies": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "properties": { "id": { "type": "string" }, "title": { "type": "string" } }
                  }
                }
              }
            }
          },
          {
            "name": "get_movie_keywords",
            "description": "Get the keywords of a movie.",
            "input_schema": {
              "type": "object", "properties": { "movie_id": { "type": "string" } }, "required": ["movie_id"]
            },
            "output_schema": {
              "type": "object", "properties": { "keywords": { "type": "array", "items": { "type": "string" } } }
            }
          }
        ]
        """
}
