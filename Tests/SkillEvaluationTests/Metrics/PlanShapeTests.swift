import SkillEvaluation
import Testing

@Suite("Plan validity")
struct PlanShapeTests {
    private func faults(_ shape: PlanShape) -> [PlanFault] { shape.faults { ["a", "b", "c"].contains($0) } }

    @Test("A plan with known skills, an acyclic order and reads along its edges is valid")
    func valid() {
        let edges = [StepEdge(0, 1), StepEdge(1, 2)]
        #expect(faults(PlanShape(skills: ["a", "b", "c"], edges: edges, reads: [StepEdge(0, 2)])).isEmpty)
    }

    @Test("Edges may run from a later to an earlier step")
    func backwards() {
        #expect(faults(PlanShape(skills: ["a", "b"], edges: [StepEdge(1, 0)], reads: [StepEdge(1, 0)])).isEmpty)
    }

    @Test("A step without a skill is valid")
    func abstention() {
        #expect(faults(PlanShape(skills: ["a", nil], edges: [])).isEmpty)
    }

    @Test(
        "Every structural fault is found",
        arguments: [
            (PlanShape(skills: [], edges: []), [PlanFault.noSteps]),
            (PlanShape(skills: ["a", "x"], edges: []), [.unknownSkill(step: 1, skill: "x")]),
            (PlanShape(skills: ["a"], edges: [StepEdge(0, 1)]), [.edgeOutOfRange(StepEdge(0, 1))]),
            (PlanShape(skills: ["a"], edges: [StepEdge(-1, 0)]), [.edgeOutOfRange(StepEdge(-1, 0))]),
            (PlanShape(skills: ["a"], edges: [StepEdge(0, 0)]), [.cycle]),
            (PlanShape(skills: ["a", "b"], edges: [StepEdge(0, 1), StepEdge(1, 0)]), [.cycle]),
            (PlanShape(skills: ["a", "b"], edges: [], reads: [StepEdge(0, 1)]), [.readBeforeProduced(StepEdge(0, 1))]),
            (PlanShape(skills: ["a"], edges: [], reads: [StepEdge(7, 0)]), [.readBeforeProduced(StepEdge(7, 0))]),
        ]
    )
    func faulty(shape: PlanShape, expected: [PlanFault]) {
        #expect(faults(shape) == expected)
    }
}
