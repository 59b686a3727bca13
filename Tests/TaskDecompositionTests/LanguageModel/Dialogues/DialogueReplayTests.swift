import LanguageModels
import Testing

@testable import TaskDecomposition

@Suite("A batch that is answered offline")
struct DialogueReplayTests {
    private let request = "Download the dataset, transform it, and create a visual report"

    @Test("writes one round of prompts after another and ends where a live run ends")
    func rounds() async throws {
        let texts = [#"["Get data", "Show data"]"#, #"["Download it", "Parse it", "Chart it"]"#]
        let hints = [[SkillHint("chart-gen", 0.9), SkillHint("api-client", 0.7)]]
        let dialogue = SkillAwareDialogue(request: request)
        var batch = ReplyBatch()
        var prompts: [PromptRecord] = []
        for round in 0...2 {
            let replay = DialogueReplay(replies: batch, hints: ScriptedHints(hints))
            switch try await replay.play(dialogue, id: "q7") {
            case .waiting(let prompt):
                #expect(prompt.id == "q7")
                #expect(prompt.round == round)
                // What goes out and comes back are lines of text.
                prompts.append(try PromptRecord(line: prompt.line))
                let record = ReplyRecord(id: "q7", round: round, text: texts[round])
                let isNew = batch.add(try ReplyRecord(line: record.line))
                #expect(isNew)
            case .finished(let outcome):
                #expect(round == 2)
                let model = ScriptedChatModel(replies: texts.map { .text($0) })
                let live = SkillAwareDecomposer(model: model, hints: ScriptedHints(hints))
                var expected = try await live.outcome(for: request)
                for index in expected.rounds.indices { expected.rounds[index].latency = nil }
                #expect(outcome == expected)
                #expect(await model.requests == prompts.map(\.request))
            }
        }
        #expect(prompts.count == 2)
    }

    @Test("keeps apart the replies of its conversations")
    func ids() async throws {
        var batch = ReplyBatch()
        _ = batch.add(ReplyRecord(id: "a", round: 0, text: #"["One step"]"#))
        let replay = DialogueReplay(replies: batch)
        let first = try await replay.play(VanillaDialogue(request: "First"), id: "a")
        let second = try await replay.play(VanillaDialogue(request: "Second"), id: "b")
        guard case .finished(let outcome) = first else {
            Issue.record("a conversation with its reply does not end")
            return
        }
        #expect(outcome.steps == [ProposedStep(text: "One step")])
        #expect(second == .waiting(PromptRecord(id: "b", round: 0, request: DecompositionPrompt().vanilla("Second"))))
    }

    @Test("labels what the model reported as measured and the rest as its counter does")
    func usage() async throws {
        var batch = ReplyBatch()
        let reported = TokenUsage(prompt: 9, completion: 3, source: .measured)
        _ = batch.add(ReplyRecord(id: "told", round: 0, text: "[\"One step\"]", usage: reported))
        _ = batch.add(ReplyRecord(id: "untold", round: 0, text: "[\"One step\"]"))
        let replay = DialogueReplay(replies: batch)
        for (id, source) in [("told", TokenUsage.Source.measured), ("untold", .estimated)] {
            guard case .finished(let outcome) = try await replay.play(VanillaDialogue(request: "R"), id: id) else {
                Issue.record("a conversation with its reply does not end")
                continue
            }
            #expect(outcome.tokens.source == source)
        }
    }

    @Test("needs hints where the dialogue asks for them")
    func noHints() async throws {
        var batch = ReplyBatch()
        _ = batch.add(ReplyRecord(id: "a", round: 0, text: "[\"One step\"]"))
        let replay = DialogueReplay(replies: batch)
        await #expect(throws: DialogueError.noHints) {
            try await replay.play(SkillAwareDialogue(request: "R"), id: "a")
        }
    }
}
