import Testing

@testable import TaskDecomposition

@Suite("A set of hints")
struct HintSetTests {
    private func hint(_ skill: String, _ score: Double) -> SkillHint {
        SkillHint(skill: skill, name: "name of \(skill)", score: score)
    }

    @Test("unites the candidates of all sub-tasks and keeps each skill's best score")
    func union() {
        let first = [hint("a", 0.9), hint("b", 0.5), hint("c", 0.4)]
        let second = [hint("b", 0.7), hint("d", 0.6), hint("a", 0.1)]
        let set = HintSet(uniting: first + second, limit: 15)
        #expect(set.hints == [hint("a", 0.9), hint("b", 0.7), hint("d", 0.6), hint("c", 0.4)])
    }

    @Test("is the same whatever the order of its candidates, ties included")
    func ties() {
        let candidates = [hint("b", 0.5), hint("a", 0.5), hint("c", 0.5), hint("d", 0.9)]
        let set = HintSet(uniting: candidates, limit: 3)
        #expect(set.hints.map(\.skill) == ["d", "a", "b"])
        #expect(HintSet(uniting: candidates.reversed(), limit: 3) == set)
    }

    @Test("holds at most its limit, and nothing without a score", arguments: [(-1, 0), (0, 0), (2, 2), (15, 4)])
    func limit(limit: Int, count: Int) {
        let candidates = [hint("a", 0.4), hint("b", -0.3), hint("c", .nan), hint("d", 0.2), hint("e", 0.1)]
        let set = HintSet(uniting: candidates, limit: limit)
        #expect(set.hints.count == count)
        #expect(set.isEmpty == (count == 0))
    }

    @Test(
        "has in common with another what Jaccard's index says",
        arguments: [
            (["a", "b"], ["a", "b"], 1.0),
            (["a", "b"], ["b", "a"], 1.0),
            (["a", "b", "c"], ["b", "c", "d"], 0.5),
            (["a"], ["b"], 0.0),
            (["a"], [], 0.0),
            ([], [], 1.0),
        ]
    )
    func jaccard(left: [String], right: [String], expected: Double) {
        let sets = [left, right].map { names in HintSet(uniting: names.map { hint($0, 0.5) }, limit: 15) }
        #expect(sets[0].jaccard(sets[1]) == expected)
        #expect(sets[1].jaccard(sets[0]) == expected)
    }
}

@Suite("Hints that sub-tasks share")
struct SharedHintsTests {
    private func hint(_ name: String, _ score: Double, _ subtask: Int?) -> SkillHint {
        SkillHint(skill: name, name: name, score: score, subtask: subtask)
    }

    @Test("take turns, so that no sub-task goes without")
    func turns() {
        let hints = [
            hint("a1", 0.9, 0), hint("a2", 0.8, 0), hint("a3", 0.7, 0), hint("b1", 0.2, 1), hint("a2", 0.1, 1),
            hint("c1", 0.05, 2),
        ]
        #expect(HintSet(sharing: hints, limit: 4).hints.map(\.skill) == ["a1", "b1", "c1", "a2"])
        #expect(HintSet(sharing: hints, limit: 0).isEmpty)
        #expect(HintSet(sharing: hints, limit: 99).prefix(2).hints.map(\.skill) == ["a1", "b1"])
    }

    @Test("are the best of all where nobody knows which sub-task found them")
    func unknown() {
        let hints = [hint("a", 0.2, nil), hint("b", 0.9, nil), hint("a", 0.5, nil), hint("c", .nan, nil)]
        #expect(HintSet(sharing: hints, limit: 9).hints.map(\.skill) == ["b", "a"])
    }
}
