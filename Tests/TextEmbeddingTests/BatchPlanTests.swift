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

    @Test(
        "packs every text once, no more together than the token budget",
        arguments: [
            [Int](), [1], [256, 256], [3, 3, 3, 200, 7, 9, 256], Array(1...256),
        ]
    )
    func packing(lengths: [Int]) {
        let plan = BatchPlan(packing: lengths, tokenBudget: 256)
        #expect(plan.batches.flatMap(\.members).sorted() == Array(lengths.indices))
        for batch in plan.batches {
            let total = batch.members.reduce(0) { $0 + lengths[$1] }
            #expect(batch.columns % BatchPlan.lengthStep == 0)
            #expect(total <= batch.columns && batch.columns < total + BatchPlan.lengthStep)
            #expect(batch.members.count == 1 || batch.columns <= 256)
        }
    }

    @Test("does not put a short text beside a long one")
    func similarLengths() {
        let plan = BatchPlan(lengths: [10, 200], tokenBudget: 10_000)
        #expect(plan.batches.count == 2)
    }
}
