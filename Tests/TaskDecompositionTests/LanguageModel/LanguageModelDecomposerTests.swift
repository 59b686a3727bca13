import LanguageModels
import SkillRetrieval
import Testing

@testable import TaskDecomposition

@Suite("A decomposer over a language model")
struct LanguageModelDecomposerTests {
    private static let request = "Download the dataset, transform it, and create a visual report"

    /// Every decomposer, over a model that answers everything with one text.
    private static func decomposers(answering text: String) -> [any Decomposer] {
        let model = ScriptedChatModel { _ in .text(text) }
        let hints = ScriptedHints(Array(repeating: [SkillHint("api-client", 0.9)], count: 100))
        let skills = [SkillListing(skill: "api-client", name: "api-client")]
        return [
            VanillaDecomposer(model: model), SkillAwareDecomposer(model: model, hints: hints),
            ReActDecomposer(model: model, hints: hints), DirectDecomposer(model: model, skills: skills),
        ]
    }

    @Test("has the name the command line knows it by")
    func names() {
        #expect(Self.decomposers(answering: "").map(\.name) == ["vanilla", "sad", "react", "llm-direct"])
    }

    @Test(
        "gives a decomposition that can be worked with, whatever the model says",
        arguments: [
            #"["Download it", "Transform it", "Plot it"]"#, "1. Download it\n2. Plot it", "", "I'm sorry, I can't.",
            #"["Download it", "Trans"#, "\u{0}\u{FFFF}[[[{{{\"", "Action: search[x y]",
            "Action: use[api-client | Do it]",
            "下载数据集，然后转换。", "[" + (1...500).map { "\"Thing \($0)\"" }.joined(separator: ",") + "]",
        ]
    )
    func contract(text: String) async throws {
        for decomposer in Self.decomposers(answering: text) {
            let result = try await decomposer.decompose(Self.request)
            #expect((1...DecompositionLimits.maximumSteps).contains(result.subtasks.count), "\(decomposer.name)")
            #expect(result.subtasks.map(\.id) == result.subtasks.indices.map { "s\($0 + 1)" }, "\(decomposer.name)")
            #expect(result.subtasks.allSatisfy { !$0.text.isEmpty && (0...1).contains($0.confidence) })
            for span in result.subtasks.compactMap(\.span) { #expect(span == 0..<Self.request.utf8.count) }
            #expect(result.rounds >= 1)
            #expect(result.tokens.prompt > 0)
        }
    }

    @Test("refuses a request that cannot be decomposed, without asking the model", arguments: ["", " \n ", "long"])
    func badRequest(text: String) async {
        let request =
            text == "long" ? String(repeating: "x", count: DecompositionLimits.maximumRequestBytes + 1) : text
        let model = ScriptedChatModel(replies: [])
        await #expect(throws: DecompositionError.self) { try await VanillaDecomposer(model: model).decompose(request) }
        #expect(await model.requests.isEmpty)
    }

    @Test("passes on the error of the model")
    func modelError() async {
        let error = ChatModelError(.unreachable, model: "m", detail: "connection refused")
        let model = ScriptedChatModel(replies: ["[\"One thing\"]", .failure(error)])
        let decomposer = SkillAwareDecomposer(model: model, hints: ScriptedHints([[SkillHint("a", 0.5)]]))
        await #expect(throws: error) { try await decomposer.decompose(Self.request) }
    }

    @Test("says where a step is the request itself, and how sure it is")
    func spans() async throws {
        let useless = try await VanillaDecomposer(model: ScriptedChatModel(replies: ["no"])).decompose("  Plot it\n")
        #expect(useless.subtasks.map(\.text) == ["Plot it"])
        #expect(useless.subtasks.map(\.span) == [0..<10])
        #expect(useless.subtasks.map(\.confidence) == [0])
        #expect(useless.diagnostics.count == 1)

        let useful = try await VanillaDecomposer(model: ScriptedChatModel(replies: ["[\"Plot it\"]"])).decompose(
            "Plot it"
        )
        #expect(useful.subtasks.map(\.span) == [nil])
        #expect(useful.subtasks.map(\.confidence) == [1])
    }

    @Test("reports rounds, tokens and latency of a run")
    func report() async throws {
        let model = ScriptedChatModel(replies: ["[\"Get data\"]", "[\"Download it\", \"Plot it\"]"])
        let hints = ScriptedHints([[SkillHint("a", 0.5)]])
        let outcome = try await SkillAwareDecomposer(model: model, hints: hints).outcome(for: Self.request)
        let result = outcome.decomposition(of: Self.request)
        #expect(result.rounds == 2)
        #expect(result.tokens == .sum(of: outcome.rounds.map(\.usage)))
        #expect(outcome.rounds.allSatisfy { ($0.latency ?? .zero) > .zero })
        #expect(hints.calls == [ScriptedHints.Call(subtasks: ["Get data"], limit: 15)])
    }

    @Test("uses the wording and the parameters it was given")
    func options() async throws {
        let parameters = ChatParameters(temperature: 0, maximumTokens: 64)
        let model = ScriptedChatModel { _ in "[\"One thing\"]" }
        _ = try await VanillaDecomposer(model: model, wording: .code, parameters: parameters).decompose("Plot it")
        let options = SkillAwareOptions(wording: .code, parameters: parameters)
        let hints = ScriptedHints([[SkillHint("a", 0.5)]])
        _ = try await SkillAwareDecomposer(model: model, hints: hints, options: options).decompose("Plot it")
        let requests = await model.requests
        #expect(requests.count == 3)
        #expect(requests.allSatisfy { $0.parameters == parameters })
        #expect(requests.allSatisfy { $0.messages[0].content.contains("Rules:") })
    }
}
