import Testing

@testable import SkillRetrieval

@Suite("A skill that somebody picked")
struct CandidatePreferenceTests {
    private let found = [
        Candidate(skill: "a", score: 0.9), Candidate(skill: "b", tool: "t", score: 0.5),
        Candidate(skill: "c", score: 0.2),
    ]

    @Test("comes first, with its tool and the best score")
    func moved() {
        let preferred = found.preferring("b")
        #expect(preferred.map(\.skill) == ["b", "a", "c"])
        #expect(preferred[0] == Candidate(skill: "b", tool: "t", score: 0.9))
    }

    @Test("changes nothing where it leads already or was not found", arguments: ["a", "z"])
    func unmoved(skill: String) {
        #expect(found.preferring(skill) == found)
        #expect([Candidate]().preferring(skill).isEmpty)
    }
}
