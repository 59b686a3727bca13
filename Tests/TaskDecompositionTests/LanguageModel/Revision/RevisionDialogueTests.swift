import JSONSchema
import LanguageModels
import SkillRetrieval
import Testing

@testable import TaskDecomposition

@Suite("A local plan that a model revises, step by step")
struct RevisionDialogueTests {
    private let request = "Download the dataset, transform it, and create a visual report"

    private func dialogue(_ options: RevisionOptions = RevisionOptions()) async throws -> RevisionDialogue {
        RevisionDialogue(
            request: request,
            draft: try await LocalDecomposer().decompose(request),
            prompt: RevisionPrompt(options: options, counter: LengthEstimate())
        )
    }

    private func reply(_ text: String, _ reason: FinishReason = .stop) -> ChatReply {
        ChatReply(
            text: text,
            usage: TokenUsage(prompt: 500, completion: 90, source: .measured),
            finishReason: reason
        )
    }

    private func prompt(_ dialogue: RevisionDialogue) throws -> ChatRequest {
        guard case .send(let request) = dialogue.action else {
            Issue.record("it does not ask the model: \(dialogue.action)")
            throw DialogueError.unexpectedReply
        }
        return request
    }

    private let good = """
        {"steps": [
          {"text": "Download the dataset", "quote": "Download the dataset", "skill": "http-fetch", "depends_on": []},
          {"text": "Transform the dataset", "quote": "transform it", "skill": null, "depends_on": [1]},
          {"text": "Create a visual report", "quote": "create a visual report", "skill": "chart-gen", "depends_on": [2]}
        ]}
        """

    private var hints: [SkillHint] {
        ["http-fetch", "etl", "chart-gen"].enumerated().map { index, name in
            SkillHint(skill: "id/\(name)", name: name, description: "Does \(name).", score: 0.5, subtask: index)
        }
    }

    @Test("one call: the draft's hints and the draft go in, steps with sources, order and skills come out")
    func oneCall() async throws {
        var dialogue = try await dialogue()
        let drafted = ["Download the dataset", "transform the dataset", "create a visual report"]
        #expect(dialogue.action == .retrieve(subtasks: drafted, limit: 10))
        try dialogue.receive(hints)
        let asked = try prompt(dialogue)
        let question = asked.messages[1].content
        #expect(question.contains("- chart-gen: Does chart-gen."))
        #expect(question.contains("2. transform the dataset"))
        #expect(question.hasSuffix("Request:\n\(request)"))
        #expect(asked.parameters.temperature == 0.1 && asked.parameters.topP == 0.9)
        guard case .schema(let form) = asked.responseFormat else {
            Issue.record("no schema is asked for")
            return
        }
        #expect(form.schema["properties"]?["steps"]?["items"]?["required"] == ["text", "quote", "skill", "depends_on"])

        try dialogue.receive(reply(good))
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.defect == nil)
        let plan = outcome.decomposition(of: request)
        #expect(
            plan.subtasks.map(\.text) == ["Download the dataset", "Transform the dataset", "Create a visual report"]
        )
        #expect(plan.subtasks.map(\.span) == [0..<20, 22..<34, 40..<62])
        #expect(plan.subtasks.allSatisfy { $0.confidence == 0.95 })
        #expect(plan.dependencies == ["s2": ["s1"], "s3": ["s2"]])
        #expect(plan.picks == ["s1": "id/http-fetch", "s3": "id/chart-gen"])
        #expect(plan.rounds == 2)
        #expect(plan.report.calls == 1)
        #expect(plan.report.rounds[0] == DecompositionRound(steps: 3, hints: 3))
        #expect(plan.tokens == TokenUsage(prompt: 500, completion: 90, source: .measured))
        #expect(plan.diagnostics.isEmpty)
    }

    @Test("reports how far the hints have settled when told to, without another call")
    func convergence() async throws {
        var dialogue = try await dialogue(RevisionOptions(measuresConvergence: true))
        try dialogue.receive(hints)
        try dialogue.receive(reply(good))
        #expect(
            dialogue.action
                == .retrieve(
                    subtasks: ["Download the dataset", "Transform the dataset", "Create a visual report"],
                    limit: 10
                )
        )
        try dialogue.receive(Array(hints.prefix(2)))
        let report = try #require(dialogue.outcome).report
        #expect(report.rounds[1].jaccard == 2.0 / 3)
        #expect(report.rounds[1].hints == 2)
    }

    @Test("an answer of no use goes back once, with what is wrong about it, and may then be right")
    func repair() async throws {
        var dialogue = try await dialogue()
        try dialogue.receive(hints)
        try dialogue.receive(reply("Here is the plan: download, transform, report!"))
        let again = try prompt(dialogue)
        #expect(again.messages.map(\.role) == [.system, .user, .assistant, .user])
        #expect(again.messages[3].content.contains("it has no JSON list of steps (\"Here is the plan"))
        try dialogue.receive(reply(good))
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.steps.count == 3)
        #expect(outcome.defect == nil)
        #expect(outcome.rounds.count == 2)
        #expect(outcome.diagnostics.count == 1)
    }

    @Test("an answer that broke off gets twice the room")
    func repairOfLength() async throws {
        var dialogue = try await dialogue()
        try dialogue.receive(hints)
        let first = try #require(try prompt(dialogue).parameters.maximumTokens)
        try dialogue.receive(reply(#"{"steps": [{"text": "Download the dataset"}, {"te"#, .length))
        let again = try prompt(dialogue)
        #expect(again.parameters.maximumTokens == 2 * first)
        #expect(again.messages[3].content.contains("breaks off after step 1"))
    }

    @Test("keeps the local plan, word for word, where the answer stays of no use", arguments: BadReply.all)
    func garbage(bad: BadReply) async throws {
        guard case .text(let text, let reason) = bad.reply else { return }
        let local = try await LocalDecomposer().decompose(request)
        for repairs in 0...2 {
            var dialogue = try await dialogue(RevisionOptions(repairs: repairs))
            try dialogue.receive(hints)
            var calls = 0
            while dialogue.outcome == nil {
                try dialogue.receive(reply(text, reason))
                calls += 1
            }
            #expect(calls <= repairs + 1)
            let outcome = try #require(dialogue.outcome)
            #expect(outcome.decomposition(of: request).subtasks == local.subtasks)
            #expect(outcome.defect != nil)
            #expect(outcome.diagnostics.last?.hasSuffix("; the local plan stands") == true)
        }
    }

    @Test("does not ask again a model that declines")
    func refusal() async throws {
        var dialogue = try await dialogue()
        try dialogue.receive(hints)
        try dialogue.receive(reply("I'm sorry, I can't do that."))
        #expect(dialogue.outcome?.rounds.count == 1)
    }

    @Test("doubts a number of steps far from the draft's, and believes it when the model insists")
    func insistence() async throws {
        let seven = (1...7).map { "{\"text\": \"Transform part \($0) of the dataset\"}" }.joined(separator: ",")
        let plan = "{\"steps\": [\(seven)]}"
        var dialogue = try await dialogue()
        try dialogue.receive(hints)
        try dialogue.receive(reply(plan))
        #expect(try prompt(dialogue).messages[3].content.contains("it has 7 steps where the draft has 3"))
        var insisting = dialogue
        try insisting.receive(reply(plan))
        #expect(insisting.outcome?.steps.count == 7)
        #expect(insisting.outcome?.defect == nil)
        try dialogue.receive(reply(good))
        #expect(dialogue.outcome?.steps.count == 3)
    }

    @Test("never believes a number of steps that is far off")
    func absurdCount() async throws {
        let many = (1...40).map { "{\"text\": \"Transform part \($0) of the dataset\"}" }.joined(separator: ",")
        var dialogue = try await dialogue()
        try dialogue.receive(hints)
        for _ in 0..<2 { try dialogue.receive(reply("{\"steps\": [\(many)]}")) }
        #expect(dialogue.outcome?.defect?.contains("40 steps") == true)
        #expect(dialogue.outcome?.steps.count == 3)
    }

    @Test("cuts the hints when the model cannot take the prompt, says so, and gives up after that")
    func promptTooLong() async throws {
        let error = ChatModelError(.promptTooLong, model: "m", detail: "4096 tokens")
        var dialogue = try await dialogue()
        try dialogue.receive(hints)
        let first = dialogue.receive(error)
        #expect(first)
        #expect(try !prompt(dialogue).messages[1].content.contains("Skills:"))
        let second = dialogue.receive(error)
        #expect(!second)
        try dialogue.receive(reply(good))
        #expect(
            dialogue.outcome?.diagnostics.first == "the prompt was too long for the model: asked again without hints"
        )
        let other = dialogue.receive(ChatModelError(.timedOut, model: "m", detail: ""))
        #expect(!other)
    }

    @Test("takes nothing it did not ask for")
    func outOfTurn() async throws {
        var dialogue = try await dialogue()
        #expect(throws: DialogueError.unexpectedReply) { try dialogue.receive(reply("[]")) }
        try dialogue.receive(hints)
        #expect(throws: DialogueError.unexpectedHints) { try dialogue.receive(hints) }
    }
}
