import SkillRetrieval
package import TaskDecomposition

/// How well a set's tools are found with the wording of the decomposer, beside the wording of the gold steps.
///
/// Judged on requests with as many steps as the gold answer has: step k is then compared with tool k.
package struct HeadRetrieval: Sendable, Hashable {
    /// Steps judged.
    package let steps: Int
    /// R@1 of the gold step texts.
    package let gold: Double
    /// R@1 of the head segments as they stand in the request.
    package let heads: Double
    /// R@1 of the sub-tasks' texts.
    package let subtasks: Double

    /// - Returns: nil where the set has no step texts of its own, or no tools.
    package static func of(
        _ set: LabelledSet,
        model: StepHeadModel,
        workbench: EvaluationWorkbench
    ) async throws -> HeadRetrieval? {
        let usable = set.requests.filter { $0.hasWrittenSteps && $0.tools != nil }
        guard !usable.isEmpty, let file = set.toolFile else { return nil }
        let library = try await workbench.library(LibraryFile(file), hasCategory: false)
        let retriever = SkillRetriever(embedder: workbench.embedder, library: library.index)
        let local = LocalDecomposer(embedder: workbench.embedder, model: model)
        var tools: [String] = []
        var texts: (gold: [String], heads: [String], subtasks: [String]) = ([], [], [])
        for request in usable {
            try Task.checkCancellation()
            let subtasks = try await local.decompose(request.query).subtasks
            guard subtasks.count == request.steps.count else { continue }
            let segmented = TaggedRequest.read(request.query)
            let heads = try await local.heads(of: request.query)
            tools += request.tools ?? []
            texts.gold += request.steps
            texts.heads += heads.heads(heads.count).map {
                SegmentVectors.text(of: segmented.segments[$0], in: segmented)
            }
            texts.subtasks += subtasks.map(\.text)
        }
        guard !tools.isEmpty else { return nil }
        func recall(_ texts: [String]) async throws -> Double {
            let found = try await retriever.candidates(for: texts, top: 1)
            return Double(zip(found, tools).count { $0.first?.skill == $1 }) / Double(tools.count)
        }
        return HeadRetrieval(
            steps: tools.count,
            gold: try await recall(texts.gold),
            heads: try await recall(texts.heads),
            subtasks: try await recall(texts.subtasks)
        )
    }

    package var text: String {
        let recalls = [gold, heads, subtasks].map { Rounding.text($0, places: 3) }
        let shares = [heads, subtasks].map { Rounding.text($0 / max(gold, .ulpOfOne), places: 3) }
        return
            "R@1 over \(steps) steps: gold step text \(recalls[0]), head segment \(recalls[1]) (\(shares[0]) of it), "
            + "sub-task text \(recalls[2]) (\(shares[1]))"
    }
}
