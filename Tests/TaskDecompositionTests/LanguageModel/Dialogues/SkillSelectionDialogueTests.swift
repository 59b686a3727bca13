import LanguageModels
import Testing

@testable import TaskDecomposition

@Suite("The direct baseline and the plain one, step by step")
struct SkillSelectionDialogueTests {
    private let request = "Download the dataset and chart it"

    private func reply(_ text: String) -> ChatReply { ChatReply(text: text, usage: .none) }

    @Test("shows every name, and takes the skill of each step from the reply")
    func selection() throws {
        let skills = (0..<200).map { SkillListing(skill: "id-\($0)", name: "skill-\($0)") }
        var dialogue = SkillSelectionDialogue(request: request, skills: skills)
        guard case .send(let prompt) = dialogue.action else {
            Issue.record("the dialogue does not begin with a prompt")
            return
        }
        let lines = prompt.messages[1].content.split(separator: "\n").map(String.init)
        #expect(skills.allSatisfy { lines.contains($0.name) })
        #expect(!prompt.messages[1].content.contains("id-7"))

        try dialogue.receive(
            reply(#"[{"step": "Download", "skill": "skill-7"}, {"step": "Chart", "skill": "skill-x"}]"#)
        )
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.steps == [ProposedStep(text: "Download", skill: "id-7"), ProposedStep(text: "Chart")])
        #expect(outcome.rounds.count == 1)
        #expect(outcome.diagnostics == ["the model named skills that do not exist: \"skill-x\""])
    }

    @Test("shows no more names than a prompt can hold, and says so")
    func manySkills() throws {
        let skills = (0..<10_001).map { SkillListing(skill: "id-\($0)", name: "skill-\($0)") }
        var dialogue = SkillSelectionDialogue(request: request, skills: skills)
        try dialogue.receive(reply(#"["skill-10000"]"#))
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.steps == [ProposedStep(text: "skill-10000")])
        #expect(outcome.diagnostics.first == "the model was shown 10000 of 10001 skills")
    }

    @Test("asks once and ends with the steps", arguments: [nil, 2])
    func vanilla(stepCount: Int?) throws {
        var dialogue = VanillaDialogue(request: request, stepCount: stepCount)
        let prompt = DecompositionPrompt()
        #expect(
            dialogue.action
                == .send(stepCount == nil ? prompt.vanilla(request) : prompt.fixedStepCount(request, count: 2))
        )
        try dialogue.receive(reply(#"["Download it", "Chart it"]"#))
        let outcome = try #require(dialogue.outcome)
        #expect(outcome.steps.map(\.text) == ["Download it", "Chart it"])
        #expect(throws: DialogueError.unexpectedReply) { try dialogue.receive(reply("[]")) }
        #expect(throws: DialogueError.unexpectedHints) { try dialogue.receive([SkillHint]()) }
    }
}
