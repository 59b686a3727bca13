import SkillEvaluation
import Testing

@Suite("Alignment of gold steps and segments")
struct HeadAlignmentTests {
    private func heads(_ similarity: [[Double]], actions: Set<Int> = [], inOrder: Bool = true) -> [Int] {
        let count = similarity.first?.count ?? 0
        return HeadAlignment.heads(
            similarity: similarity,
            isAction: (0..<count).map { actions.contains($0) },
            inOrder: inOrder
        )
    }

    @Test("each step has the closest segment of its own group as its head")
    func closest() {
        #expect(heads([[0.9, 0.1, 0.2, 0.1], [0.1, 0.2, 0.3, 0.8]]) == [0, 3])
        #expect(heads([[0.2, 0.8, 0.1]]) == [1])
    }

    @Test("heads keep the order of the steps, even where others are closer")
    func order() {
        #expect(heads([[0.1, 0.9], [0.9, 0.1]]) == [0, 1])
        #expect(heads([[0.1, 0.5, 0.9], [0.9, 0.4, 0.1]]) == [1, 2])
    }

    @Test("an action is preferred to an object that is about as close")
    func actions() {
        #expect(heads([[0.5, 0.6]], actions: [0]) == [0])
        #expect(heads([[0.3, 0.6]], actions: [0]) == [1])
    }

    @Test("where the order is not known, the reverse is tried")
    func reverse() {
        #expect(heads([[0.1, 0.1, 0.9], [0.9, 0.1, 0.1]], inOrder: false) == [0, 2])
    }

    @Test("more steps than segments have no heads")
    func tooMany() {
        #expect(heads([[0.9], [0.8]]) == [])
        #expect(heads([]) == [])
    }
}
