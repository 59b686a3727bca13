import SkillCatalog
import Testing
import TextEmbedding

@testable import SkillRetrieval

/// What every searchable library has to keep, wherever it is.
struct SearchableLibraryContract {
    /// Makes a library of these skills, searchable with a `WordEmbedder`.
    let make: (_ skills: [Skill]) async throws -> any SearchableLibrary

    /// Skills with and without tools, from two sources, some tagged.
    static let skills: [Skill] = {
        var skills = [
            makeSkill("mail", "send an e-mail to people"),
            makeSkill(
                "chart",
                "draw charts",
                tools: [
                    Tool(name: "build_report", description: "write a page"),
                    Tool(name: "render_chart", description: "render a bar chart"),
                ]
            ),
            makeSkill(
                "big",
                "does many things",
                tools: (1...40).map { Tool(name: "tool_\($0)", description: "tool of the big skill number \($0)") }
            ),
            makeSkill("files", "read and write files", source: "other"),
            makeSkill("zero", "odd text: it's a \\ back'slash, naïve ✓ 文件", source: "other"),
        ]
        skills[1].tags = ["drawing", "charts"]
        skills[3].tags = ["disk"]
        skills[0].document = "Every invoice is archived."
        return skills
    }()

    static func query(_ text: String) -> RetrievalQuery {
        RetrievalQuery(text: text, vector: WordEmbedder.vector(text))
    }

    private static let texts = [
        "render a bar chart", "send e-mail", "tool of the big skill number 7", "nothing of the kind", "", "it's naïve",
        "invoice",
    ]

    func run() async throws {
        let library = try await make(Self.skills)
        try await whole(library)
        try await shortlists(library)
        try await filters(library)
        try await numbers(library)
        try await lookUps(library)
    }

    private func whole(_ library: any SearchableLibrary) async throws {
        #expect(library.summary.skillCount == 5)
        #expect(library.summary.toolCount == 42)
        #expect(library.summary.entryCount == 47)
        #expect(library.summary.dimensions == WordEmbedder.dimensions)
        #expect(library.summary.generation > 0)
        #expect(library.summary.sources.map(\.name) == ["list", "other"])
        let names = try await library.skillNames()
        #expect(names.map(\.id).sorted() == ["big", "chart", "files", "mail", "zero"])
    }

    private func shortlists(_ library: any SearchableLibrary) async throws {
        let queries = Self.texts.map(Self.query)
        for weights in [FirstStageWeights.denseOnly, .standard] {
            for pool in [1, 5, 47, 500] {
                let lists = try await library.shortlist(queries, pool: pool, filter: .everything, weights: weights)
                #expect(lists.count == queries.count)
                for (list, text) in zip(lists, Self.texts) {
                    let scores = list.entries.map(weights.score)
                    #expect(scores == scores.sorted(by: >), "\(text)")
                    #expect(Set(list.entries.map(\.number)).count == min(pool, 47), "\(text)")
                }
            }
        }
        let none = try await library.shortlist([], pool: 5, filter: .everything, weights: .standard)
        #expect(none.isEmpty)
        let first = try await library.shortlist(
            [Self.query("render a bar chart")],
            pool: 3,
            filter: .everything,
            weights: .standard
        )
        let best = try #require(first.first?.entries.first)
        let entry = try await library.entries([best.number])[best.number]
        #expect(entry?.skill == "chart")
        #expect(entry?.tool == "render_chart")
        #expect(best.isTool)
        #expect(best.denseZ > 0.5)
    }

    private func filters(_ library: any SearchableLibrary) async throws {
        let cases: [(SkillFilter, Int)] = [
            (SkillFilter(denied: ["big"]), 6), (SkillFilter(denied: ["big", "chart.build_report"]), 5),
            (SkillFilter(allowed: ["mail", "files"], denied: ["files"]), 1), (SkillFilter(sources: ["list"]), 45),
            (SkillFilter(sources: ["elsewhere"]), 0), (SkillFilter(sources: ["other", "list"]), 47),
            (SkillFilter(tags: ["drawing", "disk"]), 4), (SkillFilter(tags: ["drawing"], denied: ["chart"]), 0),
            (SkillFilter(allowed: ["chart.build_report", "big.tool_7"]), 2), (SkillFilter(allowed: []), 0),
        ]
        for (filter, count) in cases {
            for text in ["render a bar chart", "tool of the big skill number 7"] {
                let list = try await library.shortlist(
                    [Self.query(text)],
                    pool: 50,
                    filter: filter,
                    weights: .standard
                )[0]
                #expect(list.entries.count == count, "\(filter)")
                let entries = try await library.entries(list.entries.map(\.number))
                for entry in entries.values { #expect(filter.permits(skill: entry.skill, tool: entry.tool)) }
            }
        }
    }

    private func numbers(_ library: any SearchableLibrary) async throws {
        let query = Self.query("render a bar chart")
        let chart = try await library.entryNumbers(ofSkill: "chart")
        #expect(chart.count == 3)
        let nobody = try await library.entryNumbers(ofSkill: "nobody")
        #expect(nobody.isEmpty)
        let entries = try await library.entries(chart + [9_999])
        #expect(entries.count == 3)
        #expect(chart.map { entries[$0]?.tool } == [nil, "build_report", "render_chart"])
        #expect(Set(entries.values.map(\.skillNumber)).count == 1)
        #expect(entries.values.allSatisfy { $0.toolCount == 2 })
        // What is said of given entries is what a search says of them.
        let wanted = [chart[2], 9_999, chart[0]]
        let signals = try await library.signals(of: wanted, for: query)
        #expect(signals.map(\.number) == [chart[2], chart[0]])
        let list = try await library.shortlist([query], pool: 47, filter: .everything, weights: .standard)[0]
        for signal in signals {
            let found = try #require(list.entries.first { $0.number == signal.number })
            #expect(abs(found.dense - signal.dense) < 1e-5)
            #expect(abs(found.denseZ - signal.denseZ) < 1e-3)
            #expect(abs(found.lexical - signal.lexical) < 1e-3)
            #expect(abs(found.lexicalZ - signal.lexicalZ) < 1e-2)
            #expect(found.skill == signal.skill && found.isTool == signal.isTool)
        }
        let states = try await library.tokenStates(of: chart)
        #expect(states.isEmpty)
    }

    private func lookUps(_ library: any SearchableLibrary) async throws {
        for skill in Self.skills {
            let found = try await library.skill(skill.id)
            #expect(found == skill)
        }
        let found = try await library.skills(["zero", "nobody", "mail", "zero"])
        #expect(Set(found.keys) == ["zero", "mail"])
        let nobody = try await library.skill("nobody")
        #expect(nobody == nil)
        let weights = try await library.part(.fusionWeights)
        #expect(weights == nil)
    }
}
