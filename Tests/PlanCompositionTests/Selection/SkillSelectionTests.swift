import JSONSchema
import SkillCatalog
import SkillRetrieval
import TestSupport
import Testing

@testable import PlanComposition

@Suite("The selection of skills")
struct SkillSelectionTests {
    private func problem(seed: Int) -> SelectionProblem {
        var generator = SeededGenerator(seed: UInt64(seed))
        let steps = Int.random(in: 1...5, using: &generator)
        let relevance = (0..<steps).map { _ in
            (0..<Int.random(in: 0...4, using: &generator)).map { _ in Double.random(in: 0...1, using: &generator) }
        }
        var edges: [SelectionProblem.Edge] = []
        for to in 0..<steps {
            for from in 0..<to where Bool.random(using: &generator) {
                let table = relevance[from].map { _ in
                    relevance[to].map { _ in Double.random(in: 0...1, using: &generator) }
                }
                edges.append(SelectionProblem.Edge(from: from, to: to, compatibility: table))
            }
        }
        return SelectionProblem(relevance: relevance, edges: edges, alpha: 0.6)
    }

    /// Tries everything.
    private func bestValue(_ problem: SelectionProblem) -> Double {
        var assignments: [[Int]] = [[]]
        for candidates in problem.relevance {
            let choices = candidates.isEmpty ? [-1] : Array(candidates.indices)
            assignments = assignments.flatMap { partial in choices.map { partial + [$0] } }
        }
        return assignments.map(problem.value).max() ?? 0
    }

    @Test("by branch and bound finds the best of all assignments", arguments: 0..<80)
    func exact(seed: Int) {
        let problem = problem(seed: seed)
        let value = problem.value(of: ExactSelection.solve(problem))
        #expect(abs(value - bestValue(problem)) < 1e-9)
    }

    @Test("by beam is never better than the best, and finds it when the beam is wide enough", arguments: 0..<40)
    func beam(seed: Int) {
        let problem = problem(seed: seed)
        let order = Array(problem.relevance.indices)
        let best = bestValue(problem)
        #expect(problem.value(of: BeamSelection.solve(problem, order: order, width: 2)) <= best + 1e-9)
        let wide = problem.value(of: BeamSelection.solve(problem, order: order, width: 4_096))
        #expect(abs(wide - best) < 1e-9)
    }

    /// Two steps, the second taking a CSV path; the first may be done by a tool that returns one or by another.
    private func choose(first: Double, second: Double, options: CompositionOptions = CompositionOptions()) -> Int? {
        let writesAudio = Samples.signature(returns: ["audio_path": ["type": "string"]])
        let writesCSV = Samples.signature(returns: ["csv_path": ["type": "string"]])
        let readsCSV = Samples.signature(takes: ["!csv_path": ["type": "string"]])
        let flow = EdgeFinder.Edge(from: 0, to: 1, reason: EdgeReason(.reference, cue: "it"))
        return SkillSelection(options: options).choose(
            [
                [Candidate(skill: "a", score: first), Candidate(skill: "b", score: second)],
                [Candidate(skill: "c", score: 0.5)],
            ],
            signatures: [[writesAudio, writesCSV], [readsCSV]],
            flows: [flow]
        )[0]
    }

    @Test("lets compatibility break a near tie")
    func nearTie() { #expect(choose(first: 0.50, second: 0.49) == 1) }

    @Test("does not let it overturn a clear winner")
    func clearWinner() { #expect(choose(first: 0.60, second: 0.50) == 0) }

    @Test("treats scores of another scale alike", arguments: [0.01, 1, 100])
    func scale(factor: Double) {
        #expect(choose(first: 0.50 * factor, second: 0.49 * factor) == 1)
        #expect(choose(first: 0.60 * factor, second: 0.50 * factor) == 0)
    }

    @Test("looks at relevance alone when alpha is 1")
    func relevanceOnly() {
        #expect(choose(first: 0.50, second: 0.499, options: CompositionOptions(alpha: 1)) == 0)
    }

    @Test("step by step, as published, does not see what comes after")
    func greedy() {
        #expect(choose(first: 0.50, second: 0.49, options: CompositionOptions(selection: .greedy)) == 0)
    }

    @Test("leaves steps without candidates out")
    func noCandidates() {
        let chosen = SkillSelection(options: CompositionOptions()).choose([[], []], signatures: [[], []], flows: [])
        #expect(chosen == [nil, nil])
    }

    @Test("turns to the beam above the limit and answers the same on a chain")
    func beamLimit() {
        let options = CompositionOptions(exactLimit: 0)
        #expect(choose(first: 0.50, second: 0.49, options: options) == 1)
    }
}
