import Glibc
import SkillEvaluation
import SkillRetrieval
import Testing

@Suite("Rankings")
struct RankedRetrievalTests {
    @Test("Recall is the share of the right ids among the first k")
    func recall() {
        let retrieval = RankedRetrieval(inOrder: ["a", "b", "c", "d"])
        let gold: Set = ["b", "d", "z"]
        #expect(retrieval.recall(at: 1, gold: gold) == 0)
        #expect(abs(retrieval.recall(at: 2, gold: gold) - 1.0 / 3) < 1e-12)
        #expect(abs(retrieval.recall(at: 10, gold: gold) - 2.0 / 3) < 1e-12)
    }

    @Test(
        "The reciprocal rank is that of the first right id",
        arguments: [(["a", "b", "c"], 0.5), (["b", "a"], 1), (["a", "c"], 0), ([], 0)] as [([String], Double)]
    )
    func reciprocalRank(ranking: [String], expected: Double) {
        #expect(RankedRetrieval(inOrder: ranking).reciprocalRank(gold: ["b"]) == expected)
    }

    @Test("The normalised gain of ranks 2 and 4 with two right ids is worked out by hand")
    func gainByHand() {
        let retrieval = RankedRetrieval(inOrder: ["x", "a", "y", "b"])
        // DCG = 1/log2(3) + 1/log2(5); the best is 1/log2(2) + 1/log2(3).
        let second = 1 / log2(3.0)
        let fourth = 1 / log2(5.0)
        let expected = (second + fourth) / (1 + second)
        #expect(abs(retrieval.normalizedGain(at: 10, gold: ["a", "b"]) - expected) < 1e-12)
        #expect(abs(expected - 0.650_920_9) < 1e-6)
    }

    @Test("The best order has a gain of one even where more ids are right than are looked at")
    func gainBeyondCutoff() {
        let retrieval = RankedRetrieval(inOrder: ["a", "b", "c"])
        #expect(retrieval.normalizedGain(at: 2, gold: ["a", "b", "c"]) == 1)
        #expect(RankedRetrieval(inOrder: []).normalizedGain(at: 10, gold: ["a"]) == 0)
    }

    @Test("Equal scores are ordered by id, whatever order they come in")
    func ties() {
        let candidates = [("c", 0.5), ("a", 0.5), ("d", 0.9), ("b", 0.5)].map { Candidate(skill: $0.0, score: $0.1) }
        let expected = ["d", "a", "b", "c"]
        #expect(RankedRetrieval(byScore: candidates).ranking == expected)
        #expect(RankedRetrieval(byScore: candidates.reversed()).ranking == expected)
    }

    @Test("A score that is not a number comes last")
    func notANumber() {
        let candidates = [("a", Double.nan), ("b", -1), ("c", .nan)].map { Candidate(skill: $0.0, score: $0.1) }
        #expect(RankedRetrieval(byScore: candidates).ranking == ["b", "a", "c"])
    }

    @Test("An id that occurs twice counts at its first place only")
    func repetition() {
        let retrieval = RankedRetrieval(inOrder: ["a", "b", "a", "c"])
        #expect(retrieval.ranking == ["a", "b", "c"])
        #expect(retrieval.recall(at: 3, gold: ["a", "c"]) == 1)
    }
}
