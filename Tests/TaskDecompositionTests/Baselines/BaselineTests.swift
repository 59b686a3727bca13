import SkillRetrieval
import TaskDecomposition
import Testing

@Suite("Baselines")
struct BaselineTests {
    @Test(
        "the plain split cuts at commas, and, then",
        arguments: [
            StepCase("search flights and hotels", "search flights", "hotels"),
            StepCase("Read it, and then print it.", "Read it", "print it"),
            StepCase("say 'a, b and c', then go home", "say 'a, b and c'", "go home"),
            StepCase("one. two; three: four", "one. two; three: four"),
            StepCase("android, sandy and Then there", "android", "sandy", "there"),
            StepCase("a, b", "a, b"),
        ]
    )
    func plain(example: StepCase) async throws {
        let answer = try await DecomposerContract.check(PlainSplitDecomposer(), example.request)
        #expect(answer.subtasks.map(\.text) == example.steps)
    }

    @Test(
        "the whole request is one step",
        arguments: [("  read, print \n", "read, print", 2..<13), ("???", "???", 0..<3)]
    )
    func whole(request: String, text: String, span: Range<Int>) async throws {
        let answer = try await DecomposerContract.check(WholeRequestDecomposer(), request)
        #expect(answer.subtasks == [Subtask(id: "s1", text: text, span: span, confidence: 1)])
    }
}
