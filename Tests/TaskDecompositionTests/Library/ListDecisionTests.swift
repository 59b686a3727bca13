import SkillRetrieval
import Testing

@testable import TaskDecomposition

@Suite("Whether the library splits or joins a list")
struct ListDecisionTests {
    private let splitting = ListSplitting(options: RefinementOptions(minimumScore: 0.25, splitLead: 0.1))

    private func found(_ pairs: (String, Double)...) -> [Candidate] { pairs.map { Candidate(skill: $0, score: $1) } }

    @Test("two tools that each fit their part clearly better make two steps")
    func split() {
        let parts = [found(("flights", 0.7), ("hotels", 0.3)), found(("hotels", 0.65), ("flights", 0.3))]
        #expect(splitting.splits(parts, whole: found(("flights", 0.6), ("hotels", 0.58))))
    }

    @Test("one tool that serves the parts as well keeps one step")
    func travelAgency() {
        let parts = [found(("flights", 0.6), ("travel", 0.58)), found(("hotels", 0.6), ("travel", 0.59))]
        #expect(!splitting.splits(parts, whole: found(("travel", 0.66), ("flights", 0.5))))
    }

    @Test("the same tool for each part keeps one step")
    func sameTool() {
        let parts = [found(("shop", 0.7)), found(("shop", 0.6))]
        #expect(!splitting.splits(parts, whole: found(("shop", 0.7))))
    }

    @Test("tools that just about fit, or fit far worse than one fits the whole, keep one step")
    func weak() {
        let parts = [found(("loader", 0.28), ("x", 0.1)), found(("pinger", 0.32), ("x", 0.1))]
        #expect(!splitting.splits(parts, whole: found(("loader", 0.3))))
        let detail = [found(("force", 0.7), ("x", 0.1)), found(("acceleration", 0.55), ("x", 0.1))]
        #expect(!splitting.splits(detail, whole: found(("force", 0.7))))
    }

    @Test("two tools of one skill are two tools")
    func toolsOfOneSkill() {
        let one = [Candidate(skill: "travel", tool: "flights", score: 0.7), Candidate(skill: "x", score: 0.2)]
        let two = [Candidate(skill: "travel", tool: "hotels", score: 0.7), Candidate(skill: "x", score: 0.2)]
        #expect(splitting.splits([one, two], whole: [one[0]]))
    }

    @Test("a part that nothing fits, or nothing found at all, keeps one step")
    func nothing() {
        let parts = [found(("flights", 0.7), ("x", 0.1)), found(("hotels", 0.2), ("x", 0.1))]
        #expect(!splitting.splits(parts, whole: found(("flights", 0.2))))
        #expect(!splitting.splits([[], []], whole: []))
        #expect(!splitting.splits([found(("a", 0.9)), []], whole: found(("a", 0.9))))
    }

    @Test("neighbours that one tool does are one step where the text shows one act over a list")
    func join() {
        let request = "translate the letter and the contract"
        let subtasks = [
            Subtask(id: "s1", text: "translate the letter", span: 0..<20),
            Subtask(id: "s2", text: "the contract", span: 25..<37),
        ]
        let same = [found(("translator", 0.7)), found(("translator", 0.4))]
        #expect(ListJoining.joinable(subtasks, same, in: request) == [0])
        #expect(ListJoining.joinable(subtasks, [same[0], found(("lawyer", 0.4))], in: request).isEmpty)
        var acting = subtasks
        acting[1].text = "sign the contract"
        #expect(ListJoining.joinable(acting, same, in: request).isEmpty)
        var unplaced = subtasks
        unplaced[1].span = nil
        #expect(ListJoining.joinable(unplaced, same, in: request).isEmpty)
        #expect(ListJoining.joinable(subtasks, same, in: "translate the letter. Then the contract").isEmpty)
    }

    @Test("a joined step says both, points at both and leaves ids in order")
    func joined() {
        let subtasks = [
            Subtask(id: "s1", text: "read the mail", span: 0..<13, confidence: 0.9),
            Subtask(id: "s2", text: "translate the letter", span: 15..<35, confidence: 0.8),
            Subtask(id: "s3", text: "the contract", span: 40..<52, confidence: 0.6),
        ]
        var steps = RefinedSteps(decomposition: Decomposition(subtasks: subtasks), candidates: [[], [], []])
        steps.join([1])
        #expect(steps.subtasks.map(\.id) == ["s1", "s2"])
        #expect(steps.subtasks[1].text == "translate the letter and the contract")
        #expect(steps.subtasks[1].span == 15..<52)
        #expect(steps.subtasks[1].confidence == 0.6)
        #expect(steps.candidates.count == 2)
    }
}
