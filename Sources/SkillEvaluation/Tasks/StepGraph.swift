/// Steps and the edges between them, for questions about order.
struct StepGraph: Sendable {
    private let consumers: [[Int]]
    private let isInRange: Bool

    /// Edges beyond the steps are remembered as a fault, not followed.
    init(steps: Int, edges: [StepEdge]) {
        var consumers = [[Int]](repeating: [], count: steps)
        var isInRange = true
        for edge in Set(edges) {
            guard (0..<steps).contains(edge.producer), (0..<steps).contains(edge.consumer) else {
                isInRange = false
                continue
            }
            consumers[edge.producer].append(edge.consumer)
        }
        self.consumers = consumers
        self.isInRange = isInRange
    }

    /// Whether some order of the steps satisfies every edge (Kahn's algorithm).
    var isAcyclic: Bool {
        var waitingFor = [Int](repeating: 0, count: consumers.count)
        for consumer in consumers.joined() { waitingFor[consumer] += 1 }
        var ready = waitingFor.indices.filter { waitingFor[$0] == 0 }
        var done = 0
        while let step = ready.popLast() {
            done += 1
            for consumer in consumers[step] {
                waitingFor[consumer] -= 1
                if waitingFor[consumer] == 0 { ready.append(consumer) }
            }
        }
        return done == consumers.count && isInRange
    }

    /// The steps that come after a step on some path.
    func descendants(of step: Int) -> Set<Int> {
        guard consumers.indices.contains(step) else { return [] }
        var reached: Set<Int> = []
        var open = consumers[step]
        while let next = open.popLast() {
            if reached.insert(next).inserted { open.append(contentsOf: consumers[next]) }
        }
        return reached
    }
}
