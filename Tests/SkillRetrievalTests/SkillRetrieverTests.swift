import SkillCatalog
import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

@Suite("Retrieving skills")
struct SkillRetrieverTests {
    @Test("ranks the fitting skill first and names its best tool")
    func ranking() async throws {
        try await withRetriever { retriever in
            let found = try await retriever.candidates(for: ["render a bar chart", "send an e-mail"], top: 3)
            #expect(found[0].first?.skill == "chart")
            #expect(found[0].first?.tool == "render_chart")
            #expect(found[1].first?.skill == "mail")
            #expect(found[1].first?.tool == nil)
            for candidates in found {
                #expect(candidates.map(\.score) == candidates.map(\.score).sorted(by: >))
            }
        }
    }

    @Test("names each skill once, however many of its tools fit, and finds as many as were asked for")
    func uniqueSkills() async throws {
        try await withRetriever { retriever in
            let found = try await retriever.candidates(for: ["tool of the big skill"], top: 4)[0]
            #expect(found.count == 4)
            #expect(Set(found.map(\.skill)).count == 4)
            #expect(found.first?.skill == "big")
        }
    }

    @Test("gives all there is when more is asked for, and nothing for no text")
    func fewer() async throws {
        try await withRetriever { retriever in
            let all = try await retriever.candidates(for: ["anything"], top: 100)
            #expect(all[0].count == 4)
            let none = try await retriever.candidates(for: [], top: 5)
            #expect(none.isEmpty)
        }
    }

    @Test(
        "finds only what a filter lets pass, and as many as there are",
        arguments: [
            (SkillFilter(denied: ["big", "chart"]), ["files", "mail"]),
            (SkillFilter(allowed: ["mail", "files"], denied: ["files"]), ["mail"]),
            (SkillFilter(sources: ["list"]), ["big", "chart", "files", "mail"]),
            (SkillFilter(sources: ["elsewhere"]), []),
            (SkillFilter(tags: ["drawing", "other"]), ["chart"]),
            (SkillFilter(tags: ["drawing"], denied: ["chart"]), []),
            (SkillFilter(allowed: ["chart.build_report", "big.tool_7"]), ["big", "chart"]),
        ]
    )
    func filters(filter: SkillFilter, skills: [String]) async throws {
        try await withRetriever { retriever in
            let found = try await retriever.candidates(for: ["render a bar chart"], top: 10, filter: filter)[0]
            #expect(found.map(\.skill).sorted() == skills)
            for candidate in found where filter.allowed?.contains(candidate.skill) == false {
                let tool = try #require(candidate.tool)
                #expect(filter.allowed?.contains("\(candidate.skill).\(tool)") == true)
            }
        }
    }

    private func withRetriever(_ body: (SkillRetriever) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let embedder = WordEmbedder()
            let big = makeSkill(
                "big",
                "does many things",
                tools: (1...40).map { Tool(name: "tool_\($0)", description: "tool of the big skill number \($0)") }
            )
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
                big,
                makeSkill("files", "read and write files"),
            ]
            skills[1].tags = ["drawing"]
            _ = try await LibraryIndexer(embedder: embedder).index([ListSource(skills)], into: location)
            let library = try await IndexedLibrary.open(location, for: embedder.model)
            try await body(SkillRetriever(embedder: embedder, library: library))
        }
    }
}
