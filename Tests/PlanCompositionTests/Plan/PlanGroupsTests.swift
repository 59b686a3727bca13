import Testing

@testable import PlanComposition

@Suite("The groups of a plan")
struct PlanGroupsTests {
    @Test("hold what can run side by side, in the order of the plan")
    func groups() {
        let diamond = Samples.plan(["s1": [], "s2": ["s1"], "s3": ["s1"], "s4": ["s2", "s3"]])
        #expect(diamond.groups == [["s1"], ["s2", "s3"], ["s4"]])
        #expect(Samples.plan(["s1": [], "s2": [], "s3": []]).groups == [["s1", "s2", "s3"]])
        #expect(Samples.plan([:]).groups.isEmpty)
    }

    @Test("do not depend on steps being written in their order")
    func backwards() {
        #expect(Samples.plan(["s1": ["s2"], "s2": []]).groups == [["s2"], ["s1"]])
    }

    @Test("of an invalid plan still name every step once")
    func invalid() {
        #expect(Samples.plan(["a": ["b"], "b": ["a"], "c": []]).groups == [["c"], ["a", "b"]])
        #expect(Samples.plan(["a": ["nowhere"]]).groups == [["a"]])
    }
}
