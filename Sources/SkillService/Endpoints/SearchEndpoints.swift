import HTTPTransport
import JSONSchema
import PlanComposition
import SkillCatalog
import SkillRetrieval
import SkillRouting

/// Finds the skills that fit a text.
enum SearchEndpoints {
    static func all(_ libraries: ServedLibraries) -> [Endpoint] {
        let words = Shapes.list(Shapes.text(1...200))
        return [
            Endpoint(
                method: .get,
                path: "/v1/search",
                operation: "search",
                summary: "The skills that fit a text best.",
                tag: "search",
                scope: .library,
                parameters: [
                    .init(name: "q", schema: Shapes.text(1...4_000), summary: "What to look for.", isRequired: true),
                    .init(name: "top", schema: Shapes.integer(1...1_000, standard: 10), summary: "How many skills."),
                    .init(
                        name: "explain",
                        schema: Shapes.flag,
                        summary: "Say what put each result where it is."
                    ),
                    .library, .init(name: "source", schema: words, summary: "Only skills of these sources."),
                    .init(name: "tag", schema: words, summary: "Only skills with one of these tags."),
                ],
                answers: [.init(status: 200, summary: "What was found, best first.", shape: .searchAnswer)],
                problems: [404],
                isHeavy: true
            ) { call in
                let filter = SkillFilter(
                    sources: Set(call.texts("source")),
                    tags: Set(call.texts("tag")),
                    allowed: nil,
                    denied: []
                )
                return try await search(call.text("q") ?? "", filter, call, libraries)
            },
            Endpoint(
                method: .post,
                path: "/v1/search",
                operation: "searchWithFilters",
                summary: "The skills that fit a text best, among those that are allowed.",
                tag: "search",
                scope: .library,
                body: .init(schema: .searchInput),
                answers: [.init(status: 200, summary: "What was found, best first.", shape: .searchAnswer)],
                problems: [404],
                isHeavy: true
            ) { call in
                let filter = SkillFilter(
                    sources: Set(call.texts("sources")),
                    tags: Set(call.texts("tags")),
                    allowed: call.input["allow"] == nil ? nil : Set(call.texts("allow")),
                    denied: Set(call.texts("deny"))
                )
                return try await search(call.text("query") ?? "", filter, call, libraries)
            },
        ]
    }

    private static func search(
        _ query: String,
        _ filter: SkillFilter,
        _ call: ServiceCall,
        _ libraries: ServedLibraries
    ) async throws -> ServiceReply {
        let library = try libraries.library(call.text("library"))
        guard query.contains(where: { !$0.isWhitespace }) else { throw ServiceProblem.badInput("the text is blank") }
        let (top, start) = (call.number("top") ?? 10, ContinuousClock.now)
        var explanations: [String: MatchExplanation] = [:]
        if call.flag("explain") {
            let explained = try await library.router.explain(query, top: top, filter: filter)
            explanations = Dictionary(explained.map { ($0.skill, $0) }) { first, _ in first }
        }
        let (found, skills) = try await library.router.searchSkills(query, top: top, filter: filter)
        let milliseconds = (ContinuousClock.now - start) / .microseconds(1) / 1_000
        let results = found.map { candidate -> JSONValue in
            let skill = skills[candidate.skill]
            var result: JSONObject = [
                "skill": .string(candidate.skill), "tool": JSONValue(candidate.tool),
                "score": .number(rounded(candidate.score)), "name": .string(skill?.name ?? candidate.skill),
                "description": .string(skill?.description ?? ""), "source": .string(skill?.origin.source ?? ""),
            ]
            result["explanation"] = explanations[candidate.skill]?.json
            return .object(result)
        }
        return .json([
            "library": .string(library.name), "query": .string(query), "results": .array(results),
            "milliseconds": .number((milliseconds * 1_000).rounded() / 1_000),
        ])
    }

    private static func rounded(_ score: Double) -> Double { (score * 10_000).rounded() / 10_000 }
}

extension Endpoint.Parameter {
    /// Which library is meant.
    static let library = Endpoint.Parameter(
        name: "library",
        schema: Shapes.text(1...64),
        summary: "Name of the library; the service's first one where none is named."
    )
}
