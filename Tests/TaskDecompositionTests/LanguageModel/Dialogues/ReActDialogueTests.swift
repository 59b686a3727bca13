import LanguageModels
import Testing

@testable import TaskDecomposition

@Suite("The ReAct baseline, turn by turn")
struct ReActDialogueTests {
    private let request = "Download the dataset and chart it"
    private let api = SkillHint("api-client", 0.9)
    private let chart = SkillHint("chart-gen", 0.8)

    private func reply(_ text: String) -> ChatReply {
        ChatReply(text: text, usage: TokenUsage(prompt: 50, completion: 5, source: .counted))
    }

    private func lastMessage(_ dialogue: ReActDialogue) -> ChatMessage? {
        if case .send(let request) = dialogue.action { request.messages.last } else { nil }
    }

    @Test("searches, uses and finishes; what it used are the steps, with their skills")
    func transcript() throws {
        var dialogue = ReActDialogue(request: request)
        try dialogue.receive(reply("Thought: data first.\nAction: search[download data]"))
        #expect(dialogue.action == .retrieve(subtasks: ["download data"], limit: 5))
        try dialogue.receive([api])
        #expect(lastMessage(dialogue) == .user("Observation:\n- api-client: Does api-client."))
        try dialogue.receive(reply("Action: use[api-client | Download the dataset]"))
        #expect(lastMessage(dialogue) == .user("Observation: done."))
        try dialogue.receive(reply("Action: search[draw a chart]"))
        try dialogue.receive([chart, api])
        try dialogue.receive(reply("Action: use[Chart-Gen]\nObservation: made up\nAction: finish[]"))
        try dialogue.receive(reply("Thought: done\nAction: finish[]"))

        let outcome = try #require(dialogue.outcome)
        #expect(
            outcome.steps == [
                ProposedStep(text: "Download the dataset", skill: "api-client"),
                ProposedStep(text: "Chart-Gen", skill: "chart-gen"),
            ]
        )
        #expect(outcome.rounds.count == 5)
        #expect(outcome.rounds.map(\.steps.count) == [0, 1, 1, 2, 2])
        #expect(outcome.tokens == TokenUsage(prompt: 250, completion: 25, source: .counted))
        #expect(!outcome.isWholeRequest)
        #expect(outcome.diagnostics.isEmpty)
        let roles = outcome.rounds.last?.request.messages.map(\.role)
        #expect(roles == [.system, .user] + Array(repeating: [.assistant, .user], count: 4).flatMap { $0 })
    }

    @Test("lets no skill be used that no search has shown")
    func unknownSkill() throws {
        var dialogue = ReActDialogue(request: request)
        try dialogue.receive(reply("Action: use[api-client | Download it]"))
        #expect(lastMessage(dialogue)?.content.hasPrefix("Observation: there is no skill named \"api-client\"") == true)
        try dialogue.receive(reply("Action: finish[]"))
        #expect(dialogue.outcome?.isWholeRequest == true)
    }

    @Test("takes the whole request where the model finishes at once")
    func collapse() throws {
        var dialogue = ReActDialogue(request: request)
        try dialogue.receive(reply("Action: finish[]"))
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.steps == [ProposedStep(text: request)])
        #expect(outcome.diagnostics == ["the model used no skill; the whole request is taken as one step"])
    }

    @Test("says once that a reply has no action, and ends at the second")
    func unreadable() throws {
        var dialogue = ReActDialogue(request: request)
        try dialogue.receive(reply("Let me think."))
        #expect(lastMessage(dialogue) == .user(ReActPrompt.unreadable))
        try dialogue.receive(reply("Action: search[download data]"))
        try dialogue.receive([api])
        try dialogue.receive(reply("Hm."))
        try dialogue.receive(reply("Hm."))
        #expect(dialogue.outcome?.diagnostics.first == "the model's replies hold no action")
    }

    @Test("ends after its turns, with the steps so far", arguments: [1, 2, 7])
    func turns(limit: Int) throws {
        var dialogue = ReActDialogue(request: request, options: ReActOptions(turns: limit))
        var rounds = 0
        while dialogue.outcome == nil {
            if case .retrieve = dialogue.action {
                try dialogue.receive([api])
            } else {
                try dialogue.receive(reply(rounds == 0 ? "Action: search[x y]" : "Action: use[api-client | Do it]"))
                rounds += 1
            }
        }
        let outcome = try #require(dialogue.outcome)
        #expect(rounds == limit)
        #expect(outcome.steps.count == max(1, limit - 1))
        #expect(outcome.diagnostics.first == "the model did not finish within \(limit) turns")
    }

    @Test("keeps the steps within the limit of a decomposition")
    func stepLimit() throws {
        var dialogue = ReActDialogue(request: request, options: ReActOptions(turns: 100))
        try dialogue.receive(reply("Action: search[x y]"))
        try dialogue.receive([api])
        while dialogue.outcome == nil { try dialogue.receive(reply("Action: use[api-client | Do it]")) }
        #expect(dialogue.outcome?.steps.count == DecompositionLimits.maximumSteps)
    }

    @Test("does not carry an endless reply along")
    func longReply() throws {
        var dialogue = ReActDialogue(request: request)
        try dialogue.receive(reply("Action: search[x y]\n" + String(repeating: "é", count: 100_000)))
        try dialogue.receive([SkillHint]())
        guard case .send(let next) = dialogue.action else {
            Issue.record("the dialogue does not go on")
            return
        }
        #expect(next.messages[2].content.utf8.count < 9_000)
        #expect(next.messages.last == .user("Observation: no skill was found."))
        #expect(next.parameters.stopSequences == ["\nObservation:"])
    }
}
