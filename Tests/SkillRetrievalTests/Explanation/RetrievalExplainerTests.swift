import SkillCatalog
import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

@Suite(
    "Explaining results",
    .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
)
struct RetrievalExplainerTests {
    private static let skills = [
        makeSkill(
            "charts",
            "draws diagrams",
            tools: [
                Tool(name: "render_bar_chart", description: "render a bar chart of numbers"),
                Tool(name: "export_page", description: "export a page"),
            ]
        ),
        makeSkill("mail", "sends an e-mail to people"), makeSkill("weather", "tells the weather forecast of a city"),
        makeSkill("tables", "reads numbers from a table"),
    ]

    private func withExplainer(_ body: (RetrievalExplainer, SkillRetriever) async throws -> Void) async throws {
        let files = SentenceEncoder.Files(
            model: try #require(Installed.encoder),
            runtime: try #require(Installed.runtime)
        )
        try await withTemporaryFolder { folder in
            let encoder = try SentenceEncoder(files: files)
            let location = LibraryLocation(folder: "\(folder)/lib")
            _ = try await LibraryIndexer(embedder: encoder).index([ListSource(Self.skills)], into: location)
            let library = try await IndexedLibrary.open(location, for: encoder.model)
            let retriever = SkillRetriever(embedder: encoder, library: library)
            try await body(RetrievalExplainer(retriever: retriever, library: library), retriever)
        }
    }

    @Test("says which tool, which signals and which words put a result there")
    func result() async throws {
        try await withExplainer { explainer, retriever in
            let text = "draw a bar chart of the sales numbers"
            let explanations = try await explainer.explain(text, top: 3)
            let candidates = try await retriever.candidates(for: [text], top: 3)[0]
            #expect(explanations.map(\.skill) == candidates.map(\.skill))
            #expect(explanations.map(\.relevance) == candidates.map { $0.score })
            let first = try #require(explanations.first)
            #expect(first.skill == "charts" && first.tool == "render_bar_chart" && first.rank == 1)
            #expect(Set(first.signals.map(\.signal)).isSuperset(of: [.dense, .lexical, .queryCoverage, .textCoverage]))
            let words = Dictionary(first.words.map { ($0.word, $0) }) { first, _ in first }
            #expect((words["bar"]?.lexical ?? 0) > 0 && (words["chart"]?.nearest ?? 0) > 0.5)
            #expect(words["sales"]?.lexical == 0)
            #expect(words["the"] == nil)
        }
    }

    @Test("says what keeps a skill from the first place, and nothing of one that is excluded or unknown")
    func absence() async throws {
        try await withExplainer { explainer, _ in
            let text = "draw a bar chart"
            let mail = try #require(try await explainer.explain(text, absenceOf: "mail"))
            #expect((mail.rank ?? 0) > 1)
            #expect(!mail.heldDownBy.isEmpty)
            let first = try await explainer.explain(text, absenceOf: "charts")
            #expect(first?.rank == 1)
            let unknown = try await explainer.explain(text, absenceOf: "nobody")
            #expect(unknown == nil)
            let excluded = try await explainer.explain(
                text,
                absenceOf: "mail",
                filter: SkillFilter(denied: ["mail"])
            )
            #expect(excluded == nil)
        }
    }
}
