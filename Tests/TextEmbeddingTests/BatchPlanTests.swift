import Testing

@testable import TextEmbedding

@Suite("A batch plan")
struct BatchPlanTests {
    @Test(
        "holds every text once, within the token budget, rows no longer than their padding",
        arguments: [
            [Int](), [1], [512, 512], [3, 3, 3, 200, 7, 9, 256], Array(1...256),
        ]
    )
    func invariants(lengths: [Int]) {
        let plan = BatchPlan(lengths: lengths, tokenBudget: 512)
        #expect(plan.batches.flatMap(\.members).sorted() == Array(lengths.indices))
        for batch in plan.batches {
            #expect(batch.columns % BatchPlan.lengthStep == 0)
            #expect(batch.members.count == 1 || batch.members.count * batch.columns <= 512)
            #expect(batch.members.allSatisfy { lengths[$0] <= batch.columns })
        }
    }

    @Test("does not put a short text beside a long one")
    func similarLengths() {
        let plan = BatchPlan(lengths: [10, 200], tokenBudget: 10_000)
        #expect(plan.batches.count == 2)
    }
}
