import JSONSchema
import SkillCatalog
import SkillRetrieval
import Testing

@testable import TaskDecomposition

@Suite("Look-ups that tools need")
struct LookUpFinderTests {
    private static let text: JSONValue = ["type": "string"]

    private func skill(
        _ id: String,
        requires: [String] = [],
        takes: [String] = [],
        returns: JSONValue? = nil
    ) -> Skill {
        let properties = (requires + takes).map { ($0, Self.text) }
        let tool = Tool(
            name: "call",
            description: "",
            inputSchema: [
                "type": "object", "properties": .object(JSONObject(properties)), "required": JSONValue(requires),
            ],
            outputSchema: returns
        )
        return Skill(id: id, name: id, description: "", tools: [tool], origin: SkillOrigin(source: "t", file: "t"))
    }

    private func list(of name: String, _ members: [String]) -> JSONValue {
        let item: JSONValue = ["type": "object", "properties": .object(JSONObject(members.map { ($0, Self.text) }))]
        return ["type": "object", "properties": .object([name: ["type": "array", "items": item]])]
    }

    private var keywords: Skill { skill("films/keywords", requires: ["movie_id"]) }
    private var search: Skill {
        skill("films/search", requires: ["query"], returns: list(of: "movies", ["id", "title"]))
    }

    private func lookUps(_ text: String, by consumer: Skill, among others: [Skill]) -> [LookUp] {
        let skills = Dictionary(uniqueKeysWithValues: ([consumer] + others).map { ($0.id, $0) })
        let steps = RefinedSteps(
            decomposition: Decomposition(subtasks: [Subtask(id: "s1", text: text)]),
            candidates: [[Candidate(skill: consumer.id, tool: "call", score: 0.6)]]
        )
        let finder = LookUpFinder(options: RefinementOptions(minimumScore: 0.25), request: text)
        let found = others.map { Candidate(skill: $0.id, tool: "call", score: 0.4) }
        return finder.needs(of: steps, skills).flatMap { finder.lookUps(for: $0, among: found, skills) }
    }

    @Test("a required identifier is looked up by name, where one tool does that")
    func found() throws {
        let all = lookUps("keywords of the movie Titanic", by: keywords, among: [search, skill("films/popular")])
        let only = try #require(all.first)
        #expect(all.count == 1)
        #expect(only.candidate.skill == "films/search")
        #expect(only.text == "find the id of the movie Titanic")
        #expect(only.result == "/movies/0/id")
        #expect(only.candidate.score == 0.6)
        #expect(
            only.reason
                == "films/keywords.call requires movie_id, which the request does not give; films/search.call finds it"
        )
    }

    @Test(
        "nothing is looked up without a name, or with an identifier",
        arguments: [
            "keywords of the latest movie", "keywords of the movie with the id 603",
            "keywords of the movie Titanic (id tt0120338)", "", "keywords of movie #603",
        ]
    )
    func nothingToGoBy(text: String) {
        #expect(lookUps(text, by: keywords, among: [search]).isEmpty)
    }

    @Test("two tools that could, or none, add nothing")
    func open() {
        let other = skill("films/find", requires: ["title"], returns: list(of: "movies", ["id"]))
        let request = "keywords of the movie Titanic"
        #expect(lookUps(request, by: keywords, among: [search, other]).isEmpty)
        #expect(lookUps(request, by: keywords, among: []).isEmpty)
        // Of two, the one of the same owner is meant.
        let stranger = skill("shop/find", requires: ["title"], returns: list(of: "movies", ["id"]))
        #expect(lookUps(request, by: keywords, among: [search, stranger]).map(\.candidate.skill) == ["films/search"])
    }

    @Test("a tool that asks for more than a name, or yields something else, does not look up")
    func unfit() {
        let request = "keywords of the movie Titanic"
        let others = [
            skill("films/a", requires: ["query", "token_id"], returns: list(of: "movies", ["id"])),
            skill("films/b", requires: ["query"], returns: list(of: "actors", ["id"])),
            skill("films/c", requires: ["query"]),
            skill("films/d", requires: ["count"], returns: list(of: "movies", ["id"])),
        ]
        for other in others { #expect(lookUps(request, by: keywords, among: [other]).isEmpty, "\(other.id)") }
    }

    @Test("optional identifiers, bare ids and two identifiers at once are left alone")
    func needs() {
        let consumers = [
            skill("films/a", takes: ["movie_id"]), skill("films/b", requires: ["id"]),
            skill("films/c", requires: ["movie_id", "person_id"]),
        ]
        for consumer in consumers {
            #expect(lookUps("keywords of the movie Titanic", by: consumer, among: [search]).isEmpty, "\(consumer.id)")
        }
    }

    @Test("the address of an operation counts like a schema")
    func addresses() {
        let credits = skill("films/GET /movie/{movie_id}/credits")
        let byAddress = skill("films/GET /search/movie", requires: ["query"])
        let popular = skill("films/GET /movie/popular", takes: ["page"])
        let found = lookUps("who starred in the movie Titanic", by: credits, among: [byAddress, popular])
        #expect(found.map(\.candidate.skill) == ["films/GET /search/movie"])
        #expect(found.first?.result == nil)
    }

    @Test("a name of what holds the thing is gone through: two look-ups, and no more")
    func chain() {
        let collection = skill(
            "films/search-collection",
            requires: ["query"],
            returns: list(of: "collections", ["collection_id"])
        )
        let parts = skill("films/parts", requires: ["collection_id"], returns: list(of: "parts", ["movie_id"]))
        let request = "keywords of a movie of the collection Star Wars"
        let found = lookUps(request, by: keywords, among: [search, collection, parts])
        #expect(found.map(\.candidate.skill) == ["films/search-collection", "films/parts"])
        #expect(found.map(\.text).first == "find the id of the collection Star Wars")
        // With no way from the one to the other nothing is invented.
        #expect(lookUps(request, by: keywords, among: [search, collection]).isEmpty)
    }

    @Test("a step before that yields the identifier is enough")
    func met() {
        let popular = skill("films/popular", returns: list(of: "movies", ["id"]))
        let skills = Dictionary(uniqueKeysWithValues: [keywords, popular].map { ($0.id, $0) })
        let steps = RefinedSteps(
            decomposition: Decomposition(
                subtasks: [
                    Subtask(id: "s1", text: "the popular movies"),
                    Subtask(id: "s2", text: "keywords of a movie in Paris"),
                ]
            ),
            candidates: [
                [Candidate(skill: popular.id, tool: "call", score: 0.6)],
                [Candidate(skill: keywords.id, tool: "call", score: 0.6)],
            ]
        )
        let finder = LookUpFinder(options: RefinementOptions(minimumScore: 0.25), request: "x")
        #expect(finder.needs(of: steps, skills).isEmpty)
    }

    @Test("look-ups stand before their step, with ids in order and the reason")
    func inserted() throws {
        let lookUp = try #require(lookUps("keywords of the movie Titanic", by: keywords, among: [search]).first)
        let request = "greet, then keywords of Titanic"
        var steps = RefinedSteps(
            decomposition: Decomposition(
                subtasks: [
                    Subtask(id: "s1", text: "greet", span: 0..<5),
                    Subtask(id: "s2", text: "keywords of Titanic", span: 12..<31),
                ]
            ),
            candidates: [[], [Candidate(skill: "films/keywords", score: 0.6)]]
        )
        steps.insert([(step: 1, chain: [lookUp])], in: request)
        #expect(steps.subtasks.map(\.id) == ["s1", "s2", "s3"])
        #expect(steps.subtasks[1].origin.need?.step == "s3")
        #expect(steps.subtasks[1].span == 24..<31)
        #expect(steps.subtasks[2].origin == .stated)
        #expect(steps.candidates[1].map(\.skill) == ["films/search"])
    }
}
