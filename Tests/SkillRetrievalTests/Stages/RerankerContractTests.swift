import LanguageModels
import SkillCatalog
import TestSupport
import Testing
import TextEmbedding

@testable import SkillRetrieval

/// What every stage after the first promises.
@Suite("A stage that reorders")
struct RerankerContractTests {
    enum Subject: String, CaseIterable, Sendable {
        case late, cross, llm

        static let available = allCases.filter { $0 != .cross || TinyCrossEncoder.canBeMade }

        func with(_ body: (any Reranker) async throws -> Void) async throws {
            switch self {
            case .late: try await body(SignalFusion())
            case .llm:
                let model = ScriptedChatModel { _ in #"{"ranking": [[3, 1], [2]]}"# }
                try await body(ListwiseReranker(model: model))
            case .cross: try await withCrossEncoder(depth: 5) { try await body($0) }
            }
        }
    }

    @Test("gives back as many lists, each a permutation, with scores that fall", arguments: Subject.available)
    func permutations(subject: Subject) async throws {
        try await withLibrary { library, embedder in
            try await subject.with { stage in
                #expect(stage.name == subject.rawValue)
                for texts in [["draw a bar chart", "send an e-mail", ""], [], ["mail"]] {
                    let retriever = SkillRetriever(
                        embedder: embedder,
                        library: library,
                        options: RetrievalOptions(stages: [])
                    )
                    let queries = try await retriever.read(texts)
                    let lists = try await retriever.rank(queries, skills: 10)
                    let after = try await stage.rerank(lists, in: library)
                    try #require(after.count == lists.count)
                    for (before, after) in zip(lists, after) {
                        #expect(before.query.text == after.query.text)
                        #expect(Set(before.entries.map(\.found)) == Set(after.entries.map(\.found)))
                        #expect(before.entries.count == after.entries.count)
                        #expect(after.entries.map(\.score) == after.entries.map(\.score).sorted(by: >))
                    }
                }
            }
        }
    }

    @Test("leaves an empty list and a list of one as they are", arguments: Subject.available)
    func nothingToOrder(subject: Subject) async throws {
        try await withLibrary { library, embedder in
            try await subject.with { stage in
                let retriever = SkillRetriever(embedder: embedder, library: library)
                let queries = try await retriever.read(["draw a bar chart"])
                let filter = SkillFilter(allowed: ["chart"])
                var lists = try await retriever.shortlists(queries, skills: 1, filter: filter)
                lists.append(RankedList(query: queries[0], entries: []))
                let after = try await stage.rerank(lists, in: library)
                #expect(after.map { $0.entries.map(\.found) } == lists.map { $0.entries.map(\.found) })
            }
        }
    }
}

@Suite("A stage with a cross-encoder", .enabled(if: TinyCrossEncoder.canBeMade, TinyCrossEncoder.absence))
struct CrossEncoderRerankerTests {
    @Test("adds its share to the score, puts first what it likes, and says so")
    func order() async throws {
        try await withLibrary { library, embedder in
            let plain = SkillRetriever(embedder: embedder, library: library)
            let before = try await plain.candidates(for: ["draw a bar chart"], top: 10)
            #expect(before[0].first?.skill == "chart")
            try await withCrossEncoder(depth: 5) { stage in
                let retriever = plain.adding(stage)
                let after = try await retriever.candidates(for: ["draw a bar chart"], top: 10)
                // The tiny model loves parcels.
                #expect(after[0].first?.skill == "parcel")
                #expect(Set(after[0].map(\.skill)) == Set(before[0].map(\.skill)))
                let list = try #require(try await retriever.rank(try await retriever.read(["draw"]), skills: 10).first)
                let read = list.entries.filter { $0.contributions[.crossEncoder] != nil }
                #expect(read.count == 5)
                for entry in read {
                    #expect(abs(entry.contributions.values.reduce(0, +) - entry.score) < 1e-9)
                }
                // Shares are z-scores: they sum to nothing.
                #expect(abs(read.compactMap { $0.contributions[.crossEncoder] }.reduce(0, +)) < 1e-6)
                let explainer = RetrievalExplainer(retriever: retriever, library: library)
                let explanation = try #require(try await explainer.explain("draw a bar chart", top: 1).first)
                let signal = try #require(explanation.signals.first { $0.signal == .crossEncoder })
                #expect(signal.share > 1)
                let chart = try #require(try await explainer.explain("draw a bar chart", absenceOf: "chart"))
                #expect(chart.heldDownBy.first?.signal == .crossEncoder)
            }
        }
    }
}

/// A stage whose model gives 5 for each "parcel" of a text and nothing for other words.
private func withCrossEncoder(depth: Int, _ body: (CrossEncoderReranker) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        try await TinyCrossEncoder.make(in: folder, words: ["parcel": 0.5, "chart": 0])
        let files = CrossEncoder.Files(model: folder, runtime: try #require(Installed.runtime))
        try await body(CrossEncoderReranker(model: CrossEncoder(files: files), depth: depth))
    }
}

private func withLibrary(_ body: (IndexedLibrary, WordEmbedder) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        let embedder = WordEmbedder()
        let texts = [
            ("chart", "Draw a bar chart from a table"), ("parcel", "Track a parcel, draw its way"),
            ("mail", "Send an e-mail to people"), ("calendar", "Plan a meeting"), ("git", "Commit and push changes"),
            ("weather", "Tell what the weather will be"), ("draw", "Draw lines"), ("bar", "Find a bar near by"),
        ]
        let skills = texts.map { makeSkill($0.0, $0.1) }
        let location = LibraryLocation(folder: "\(folder)/library")
        _ = try await LibraryIndexer(embedder: embedder).index([ListSource(skills)], into: location)
        try await body(IndexedLibrary.open(location, for: embedder.model), embedder)
    }
}
