import LanguageModels
import SkillCatalog
import Synchronization
import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

@Suite("Candidates that a model orders")
struct ListwiseRerankerTests {
    private let texts = ["render a bar chart", "send an e-mail"]

    @Test("one call for all steps; skills move with their tools, and scores stay where they were")
    func order() async throws {
        try await withRetriever { retriever in
            let before = try await retriever.candidates(for: texts, top: 4)
            let model = ScriptedChatModel { _ in #"{"ranking": [[3, 1], [2]]}"# }
            let reports = Mutex<[RerankingReport]>([])
            let stage = ListwiseReranker(model: model) { report in reports.withLock { $0.append(report) } }
            let after = try await retriever.adding(stage).candidates(for: texts, top: 4)
            #expect(await model.requests.count == 1)
            #expect(after[0].map(\.skill) == [2, 0, 1, 3].map { before[0][$0].skill })
            #expect(after[1].map(\.skill) == [1, 0, 2, 3].map { before[1][$0].skill })
            #expect(after[0].first?.score == before[0].first?.score)
            for list in after { #expect(list.map(\.score) == list.map(\.score).sorted(by: >)) }
            let chart = try #require(after[0].first { $0.skill == "chart" })
            #expect(chart.tool == "render_chart")
            let kept = reports.withLock { $0 }
            let report = try #require(kept.first)
            #expect(report.remark == nil)
            #expect((report.call?.tokens.prompt ?? 0) > 0)
        }
    }

    @Test(
        "as they were found where the model fails or answers nothing of use",
        arguments: [
            ScriptedReply.text(""), .text("no"), .text("[[["),
            .failure(ChatModelError(.timedOut, model: "m", detail: "")),
            .failure(ChatModelError(.promptTooLong, model: "m", detail: "")), .text("", .contentFilter),
        ]
    )
    func fallback(reply: ScriptedReply) async throws {
        try await withRetriever { retriever in
            let before = try await retriever.candidates(for: texts, top: 4)
            let model = ScriptedChatModel { _ in reply }
            let reports = Mutex<[RerankingReport]>([])
            let stage = ListwiseReranker(model: model) { report in reports.withLock { $0.append(report) } }
            let after = try await retriever.adding(stage).candidates(for: texts, top: 4)
            #expect(after == before)
            #expect(await model.requests.count == 1)
            let remark = reports.withLock { $0.first?.remark }
            #expect(remark != nil)
        }
    }

    @Test("no other order stands in for a recorded one")
    func recordings() async throws {
        try await withRetriever { retriever in
            let error = ChatModelError(.recordingUnusable, model: "m", detail: "no recording of call 7")
            let model = ScriptedChatModel { _ in .failure(error) }
            await #expect(throws: error) {
                try await retriever.adding(ListwiseReranker(model: model)).candidates(for: texts, top: 4)
            }
        }
    }

    @Test("no call where there is nothing to order, and bounded calls for many lists")
    func calls() async throws {
        try await withRetriever { retriever in
            let model = ScriptedChatModel { _ in "[[1]]" }
            let stage = ListwiseReranker(model: model)
            let none = try await retriever.adding(stage).candidates(for: [], top: 4)
            #expect(none.isEmpty)
            let single = try await retriever.adding(ListwiseReranker(model: model, depth: 1)).candidates(
                for: texts,
                top: 4
            )
            #expect(single.count == 2)
            #expect(await model.requests.isEmpty)
            let many = try await retriever.adding(stage).candidates(for: Array(repeating: texts[0], count: 40), top: 4)
            #expect(many.count == 40)
            #expect(await model.requests.count == 3)
        }
    }

    private func withRetriever(_ body: (SkillRetriever) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let embedder = WordEmbedder()
            let tools = [Tool(name: "render_chart", description: "Render a bar chart or a line chart")]
            let source = ListSource([
                makeSkill("chart", "Draws charts", tools: tools), makeSkill("mail", "Send an e-mail"),
                makeSkill("files", "Read and write files"), makeSkill("maps", "Find places on a map"),
            ])
            _ = try await LibraryIndexer(embedder: embedder).index([source], into: location)
            let library = try await IndexedLibrary.open(location, for: embedder.model)
            try await body(SkillRetriever(embedder: embedder, library: library))
        }
    }
}
