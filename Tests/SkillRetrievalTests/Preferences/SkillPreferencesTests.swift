import SkillRetrieval
import Testing

@Suite("A user's rules about skills")
struct SkillPreferencesTests {
    private static let found = [
        Candidate(skill: "a", score: 0.8), Candidate(skill: "b", score: 0.5), Candidate(skill: "c", score: 0.3),
    ]

    @Test(
        "a preferred skill comes first where it fits nearly as well; an avoided one goes behind what fits better then",
        arguments: [
            ([:], ["a", "b", "c"]),
            (["b": .prefer], ["b", "a", "c"]),
            (["c": .prefer], ["a", "b", "c"]),
            (["a": .avoid], ["b", "a", "c"]),
            (["a": .avoid, "c": .prefer], ["c", "b", "a"]),
            (["a": .avoid, "b": .avoid, "c": .avoid], ["a", "b", "c"]),
            (["z": .prefer], ["a", "b", "c"]),
        ] as [([String: SkillPreferences.Rule], [String])]
    )
    func order(rules: [String: SkillPreferences.Rule], expected: [String]) {
        let ordered = SkillPreferences(rules).applied(to: Self.found)
        #expect(ordered.map(\.skill) == expected)
        #expect(zip(ordered, ordered.dropFirst()).allSatisfy { $0.score >= $1.score }, "scores fall")
    }
}
