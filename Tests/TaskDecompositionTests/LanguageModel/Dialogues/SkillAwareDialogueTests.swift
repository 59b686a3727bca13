import LanguageModels
import Testing

@testable import TaskDecomposition

@Suite("Skill-aware decomposition, step by step")
struct SkillAwareDialogueTests {
    private let request = "Download the dataset, transform it, and create a visual report"

    private func reply(_ text: String, _ prompt: Int = 100) -> ChatReply {
        ChatReply(text: text, usage: TokenUsage(prompt: prompt, completion: 10, source: .measured))
    }

    private func isSending(_ dialogue: SkillAwareDialogue) -> Bool {
        if case .send = dialogue.action { true } else { false }
    }

    @Test("drafts, retrieves, redoes with hints, and ends after one iteration")
    func defaultRun() throws {
        var dialogue = SkillAwareDialogue(request: request)
        #expect(dialogue.action == .send(DecompositionPrompt().vanilla(request)))

        try dialogue.receive(reply(#"["Get data", "Change data", "Show data", "Say so"]"#, 100))
        #expect(
            dialogue.action == .retrieve(subtasks: ["Get data", "Change data", "Show data", "Say so"], limit: 15)
        )

        try dialogue.receive([SkillHint("chart-gen", 0.5), SkillHint("api-client", 0.7), SkillHint("chart-gen", 0.9)])
        let hints = HintSet(uniting: [SkillHint("chart-gen", 0.9), SkillHint("api-client", 0.7)], limit: 15)
        #expect(dialogue.action == .send(DecompositionPrompt().skillAware(request, hints: hints)))

        try dialogue.receive(reply(#"["Download it", "Parse it", "Chart it"]"#, 140))
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.steps.map(\.text) == ["Download it", "Parse it", "Chart it"])
        #expect(outcome.rounds.count == 2)
        #expect(outcome.rounds.map(\.steps.count) == [4, 3])
        #expect(outcome.rounds[0].hints == hints)
        #expect(outcome.rounds[1].hints == nil)
        #expect(outcome.rounds.map(\.jaccard) == [nil, nil])
        #expect(outcome.rounds.map(\.usage.prompt) == [100, 140])
        #expect(outcome.tokens == TokenUsage(prompt: 240, completion: 20, source: .measured))
        #expect(outcome.diagnostics.isEmpty)
    }

    @Test("ends after its iterations when the hints keep changing", arguments: [1, 2, 3, 8])
    func iterations(count: Int) throws {
        var dialogue = SkillAwareDialogue(request: request, options: SkillAwareOptions(iterations: count))
        var retrievals = 0
        while dialogue.outcome == nil {
            if isSending(dialogue) {
                try dialogue.receive(reply(#"["One thing", "Another thing"]"#))
            } else {
                retrievals += 1
                try dialogue.receive([SkillHint("skill \(retrievals)", 0.5)])
            }
        }
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.rounds.count == count + 1)
        #expect(retrievals == count)
        #expect(outcome.rounds.dropFirst().dropLast().allSatisfy { $0.jaccard == 0 })
    }

    @Test(
        "ends early when successive hints have more than τ in common",
        arguments: [
            // Two of four: 0.5; three of four: 0.75; the bound itself is not enough.
            (["a", "b", "c"], ["b", "c", "d"], 0.6, 0.5, false),
            (["a", "b", "c", "d"], ["a", "b", "c"], 0.6, 0.75, true),
            (["a", "b", "c"], ["b", "c", "d"], 0.5, 0.5, false),
            (["a", "b", "c"], ["b", "c", "d"], 0.49, 0.5, true),
            (["a"], ["a"], 1.0, 1.0, false),
        ]
    )
    func convergence(first: [String], second: [String], threshold: Double, jaccard: Double, ends: Bool) throws {
        let options = SkillAwareOptions(iterations: 3, convergence: threshold)
        var dialogue = SkillAwareDialogue(request: request, options: options)
        try dialogue.receive(reply(#"["Draft it"]"#))
        try dialogue.receive(first.map { SkillHint($0, 0.5) })
        try dialogue.receive(reply(#"["Better one", "Better two"]"#))
        try dialogue.receive(second.map { SkillHint($0, 0.5) })
        #expect((dialogue.outcome != nil) == ends)
        guard ends else { return }
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.steps.map(\.text) == ["Better one", "Better two"])
        #expect(outcome.rounds.map(\.jaccard) == [nil, jaccard])
    }

    @Test("gives the model the H best hints, from as many candidates a step as told")
    func hintLimit() throws {
        let options = SkillAwareOptions(hints: 2, candidatesPerStep: 10)
        var dialogue = SkillAwareDialogue(request: request, options: options)
        try dialogue.receive(reply(#"["One thing", "Another thing"]"#))
        #expect(dialogue.action == .retrieve(subtasks: ["One thing", "Another thing"], limit: 10))
        try dialogue.receive((0..<20).map { SkillHint("skill-\($0)", Double($0) / 20) })
        guard case .send(let prompt) = dialogue.action else {
            Issue.record("no prompt follows the hints")
            return
        }
        #expect(prompt.messages[1].content.contains("skill-19, skill-18\n"))
        #expect(!prompt.messages[1].content.contains("skill-17"))
    }

    @Test("reports how far the hints have settled when told to, without another call of the model")
    func measuresConvergence() throws {
        let options = SkillAwareOptions(measuresConvergence: true)
        var dialogue = SkillAwareDialogue(request: request, options: options)
        try dialogue.receive(reply(#"["Draft it"]"#))
        try dialogue.receive([SkillHint("a", 0.5), SkillHint("b", 0.4)])
        try dialogue.receive(reply(#"["Better one", "Better two"]"#))
        #expect(dialogue.action == .retrieve(subtasks: ["Better one", "Better two"], limit: 15))
        try dialogue.receive([SkillHint("a", 0.5)])
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.rounds.map(\.jaccard) == [nil, 0.5])
        #expect(outcome.steps.map(\.text) == ["Better one", "Better two"])
    }

    @Test("goes on from a draft that is of no use, with the whole request")
    func uselessDraft() throws {
        var dialogue = SkillAwareDialogue(request: request)
        try dialogue.receive(reply("I'm sorry, I can't do that."))
        #expect(dialogue.action == .retrieve(subtasks: [request], limit: 15))
        try dialogue.receive([SkillHint("a", 0.5)])
        try dialogue.receive(reply(#"["Download it", "Chart it"]"#))
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.steps.map(\.text) == ["Download it", "Chart it"])
        #expect(!outcome.isWholeRequest)
        #expect(outcome.diagnostics.count == 1)
        #expect(outcome.diagnostics[0].hasPrefix("round 0: the model declined"))
    }

    @Test("ends with the whole request where the last reply is of no use, as published")
    func uselessLastReply() throws {
        var dialogue = SkillAwareDialogue(request: request)
        try dialogue.receive(reply(#"["Download it", "Chart it"]"#))
        try dialogue.receive([SkillHint("a", 0.5)])
        try dialogue.receive(reply(""))
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.steps.map(\.text) == [request])
        #expect(outcome.isWholeRequest)
        #expect(
            outcome.diagnostics == [
                "round 1: the model's reply is empty; the whole request is taken as one step"
            ]
        )
    }

    @Test("ends with its draft where nothing is found to hint at")
    func noHints() throws {
        var dialogue = SkillAwareDialogue(request: request)
        try dialogue.receive(reply(#"["Download it", "Chart it"]"#))
        try dialogue.receive([SkillHint]())
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.steps.map(\.text) == ["Download it", "Chart it"])
        #expect(outcome.diagnostics == ["round 0: no skill was found to hint at"])
    }

    @Test("takes nothing it did not ask for")
    func outOfTurn() throws {
        var dialogue = SkillAwareDialogue(request: request)
        #expect(throws: DialogueError.unexpectedHints) { try dialogue.receive([SkillHint("a", 0.5)]) }
        try dialogue.receive(reply(#"["Download it"]"#))
        #expect(throws: DialogueError.unexpectedReply) { try dialogue.receive(reply("[]")) }
    }

    @Test("keeps its options within bounds")
    func bounds() {
        let low = SkillAwareOptions(iterations: 0, convergence: -1, hints: 0, candidatesPerStep: -5)
        #expect(low == SkillAwareOptions(iterations: 1, convergence: 0, hints: 1, candidatesPerStep: 1))
        let high = SkillAwareOptions(iterations: 99, convergence: 2, hints: 999, candidatesPerStep: 999)
        #expect(high == SkillAwareOptions(iterations: 8, convergence: 1, hints: 100, candidatesPerStep: 100))
    }
}
