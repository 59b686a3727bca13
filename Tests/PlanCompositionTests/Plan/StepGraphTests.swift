import TestSupport
import Testing

@testable import PlanComposition

@Suite("A graph of steps")
struct StepGraphTests {
    private func graph(_ count: Int, _ edges: [(Int, Int)]) -> StepGraph {
        var graph = StepGraph(count: count)
        for (from, to) in edges { graph.insert(from: from, to: to) }
        return graph
    }

    @Test("puts every step at the length of the longest way to it")
    func levels() {
        #expect(graph(4, [(0, 1), (1, 3), (0, 3), (2, 3)]).levels == [0, 1, 0, 2])
        #expect(graph(0, []).levels.isEmpty)
    }

    @Test("has no level for steps on a cycle or behind one")
    func stuckLevels() {
        #expect(graph(4, [(0, 1), (1, 2), (2, 1), (2, 3)]).levels == [0, nil, nil, nil])
    }

    @Test("names a cycle in the order of waiting")
    func cycle() throws {
        #expect(graph(3, [(0, 1), (1, 2)]).cycle == nil)
        #expect(graph(1, [(0, 0)]).cycle == [0])
        #expect(graph(5, [(0, 1), (1, 2), (2, 3), (3, 1), (0, 4)]).cycle == [1, 2, 3])
    }

    @Test("finds exactly the edges that a longer way makes superfluous", arguments: 0..<60)
    func transitiveEdges(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let count = Int.random(in: 2...7, using: &generator)
        var graph = StepGraph(count: count)
        for to in 1..<count {
            for from in 0..<to where Bool.random(using: &generator) { graph.insert(from: from, to: to) }
        }
        let found = Set(graph.transitiveEdges.map { [$0.from, $0.to] })
        for to in 0..<count {
            for from in graph.predecessors[to] {
                var without = graph
                without.remove(from: from, to: to)
                #expect(found.contains([from, to]) == without.reaches(from, to))
            }
        }
    }
}
