import PlanComposition
import SkillCatalog

/// Whether the compatibility of two tools tells real data edges from random pairs, as an area under the ROC curve.
package struct CompatibilityBenchmark: Sendable {
    /// What came out for one half of a set.
    package struct Figures: Sendable, Hashable {
        package let edges: Int
        package let randomPairs: Int
        /// The chance that a real edge scores above a random pair, ties counting half; 0.5 is no better than dice.
        package let areaUnderCurve: Double
    }

    /// Random pairs drawn for each real edge.
    private static let pairsPerEdge = 20
    private static let seed: UInt64 = 7

    private let tasks: [GoldTask]
    private let skills: [String: Skill]

    /// - Throws: The fault of the first malformed line of either file.
    package init(tools: LibraryFile, queries file: String) async throws {
        tasks = try LoadedRecords<GoldTask>(file: file, library: tools.labels).records
        var skills: [String: Skill] = [:]
        try await JSONLinesFile(path: tools.path).read { record in
            if case .skill(let skill) = record { skills[skill.id] = skill }
        }
        self.skills = skills
    }

    /// The figures of one part; nil where it has no edge between two tools of the library.
    package func figures(of part: TaskPart) -> Figures? {
        let real = tasks.filter { part.contains($0.id) }.flatMap(edges)
        let known = Set(tasks.flatMap(edges))
        let tools = Set(tasks.flatMap(\.tools)).filter { skills[$0] != nil }.sorted()
        guard !real.isEmpty, tools.count > 1 else { return nil }
        var random = RandomSource(seed: Self.seed)
        var drawn: [Pair] = []
        // So many draws fail only where nearly every pair is an edge.
        for _ in 0..<real.count * Self.pairsPerEdge * 10 where drawn.count < real.count * Self.pairsPerEdge {
            let pair = Pair(
                producer: tools[random.next(below: tools.count)],
                consumer: tools[random.next(below: tools.count)]
            )
            if pair.producer != pair.consumer, !known.contains(pair) { drawn.append(pair) }
        }
        guard !drawn.isEmpty else { return nil }
        return Figures(
            edges: real.count,
            randomPairs: drawn.count,
            areaUnderCurve: Self.area(above: drawn.map(score), real.map(score))
        )
    }

    private struct Pair: Hashable {
        var producer: String
        var consumer: String
    }

    private func edges(_ task: GoldTask) -> [Pair] {
        guard let tools = task.alignedTools, let edges = task.edges, edges.kind == .data else { return [] }
        return edges.edges.map { Pair(producer: tools[$0.producer], consumer: tools[$0.consumer]) }
            .filter { skills[$0.producer] != nil && skills[$0.consumer] != nil }
    }

    private func score(_ pair: Pair) -> Double {
        guard let producer = skills[pair.producer], let consumer = skills[pair.consumer] else {
            return Compatibility.neutral
        }
        return Compatibility.score(
            producer: IOSignature(producer, tool: producer.tools.first?.name),
            consumer: IOSignature(consumer, tool: consumer.tools.first?.name)
        ) ?? Compatibility.neutral
    }

    private static func area(above random: [Double], _ real: [Double]) -> Double {
        let wins = real.reduce(0.0) { sum, score in
            sum + random.reduce(0.0) { $0 + ($1 < score ? 1 : $1 == score ? 0.5 : 0) }
        }
        return wins / Double(real.count * random.count)
    }
}
