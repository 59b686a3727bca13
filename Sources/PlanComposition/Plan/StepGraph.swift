/// Which steps wait for which, by their positions in the plan.
struct StepGraph: Sendable, Hashable {
    /// For each step, the steps it waits for.
    private(set) var predecessors: [Set<Int>]
    /// For each step, the steps that wait for it.
    private(set) var successors: [Set<Int>]

    init(count: Int) {
        predecessors = Array(repeating: [], count: count)
        successors = Array(repeating: [], count: count)
    }

    var count: Int { predecessors.count }

    mutating func insert(from: Int, to: Int) {
        predecessors[to].insert(from)
        successors[from].insert(to)
    }

    mutating func remove(from: Int, to: Int) {
        predecessors[to].remove(from)
        successors[from].remove(to)
    }

    /// The later step waits for the earlier one, directly or through others. A step reaches itself only on a cycle.
    func reaches(_ from: Int, _ to: Int) -> Bool {
        if successors[from].contains(to) { return true }
        // Backwards, because a step mostly waits for less than waits for it.
        var seen: Set<Int> = []
        var open = Array(predecessors[to])
        while let step = open.popLast() {
            if step == from { return true }
            if seen.insert(step).inserted { open += predecessors[step] }
        }
        return false
    }

    /// Every step that waits for this one, directly or through others.
    func reachable(from step: Int) -> Set<Int> { reachable(fromAnyOf: [step]) }

    /// For each step the length of the longest way to it; nil for steps on a cycle or behind one.
    var levels: [Int?] {
        var levels: [Int?] = Array(repeating: nil, count: count)
        var missing = predecessors.map(\.count)
        var ready = missing.indices.filter { missing[$0] == 0 }
        for step in ready { levels[step] = 0 }
        while let step = ready.popLast() {
            for next in successors[step] {
                levels[next] = max(levels[next] ?? 0, (levels[step] ?? 0) + 1)
                missing[next] -= 1
                if missing[next] == 0 { ready.append(next) }
            }
        }
        for step in missing.indices where missing[step] > 0 { levels[step] = nil }
        return levels
    }

    /// Every step after all it waits for, otherwise in their own order; steps on a cycle are left out.
    var topologicalOrder: [Int] {
        let levels = levels
        return levels.indices.filter { levels[$0] != nil }.sorted { (levels[$0] ?? 0, $0) < (levels[$1] ?? 0, $1) }
    }

    /// Steps that wait for each other in a circle, in that order; nil when there is none.
    var cycle: [Int]? {
        var finished: Set<Int> = []
        for start in 0..<count where !finished.contains(start) {
            // Depth first along the successors; a step met again on its own way closes a circle.
            var way: [Int] = [start]
            var isOnWay: Set<Int> = [start]
            var branches: [[Int]] = [successors[start].sorted()]
            while let step = way.last {
                guard let next = branches[branches.count - 1].popLast() else {
                    finished.insert(step)
                    isOnWay.remove(way.removeLast())
                    branches.removeLast()
                    continue
                }
                if isOnWay.contains(next), let entry = way.firstIndex(of: next) { return Array(way[entry...]) }
                if !finished.contains(next) {
                    way.append(next)
                    isOnWay.insert(next)
                    branches.append(successors[next].sorted())
                }
            }
        }
        return nil
    }

    /// Edges that say nothing new, because a longer way joins the same two steps.
    var transitiveEdges: [(from: Int, to: Int)] {
        (0..<count).flatMap { from -> [(from: Int, to: Int)] in
            // A longer way to a successor begins with another one.
            guard successors[from].count > 1 else { return [] }
            let behind = reachable(fromAnyOf: successors[from])
            return successors[from].intersection(behind).sorted().map { (from: from, to: $0) }
        }
    }

    /// Every step that waits for one of these, directly or through others.
    private func reachable(fromAnyOf steps: Set<Int>) -> Set<Int> {
        var seen: Set<Int> = []
        var open = steps.flatMap { successors[$0] }
        while let step = open.popLast() {
            if seen.insert(step).inserted { open += successors[step] }
        }
        return seen
    }
}
