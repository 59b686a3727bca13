package import LanguageModels
import SkillCatalog

/// Has a language model order the best candidates of all steps, in one call a request.
///
/// Only the order changes: the best score of a list stays its best score, so that what is too low to fit stays too low. A
/// model that fails or answers nothing of use leaves the order as it was found.
package struct ListwiseReranker: Reranker {
    package let name = "llm"

    private let model: any ChatModel
    private let depth: Int
    private let observe: @Sendable (RerankingReport) -> Void

    /// Lists that one call may hold; a request has fewer steps, a batch of requests more.
    private static let listsPerCall = 16

    /// - Parameters:
    ///   - depth: skills of each list that the model sees, 1…50.
    ///   - observe: called once for each call of the model.
    package init(
        model: any ChatModel,
        depth: Int = 8,
        observe: @escaping @Sendable (RerankingReport) -> Void = { _ in }
    ) {
        self.model = model
        self.depth = min(max(depth, 1), 50)
        self.observe = observe
    }

    /// - Throws: `CancellationError`, what the library throws, and `ChatModelError` for a recording that is missing or cannot
    ///   be written; no other failure of the model.
    package func rerank(_ lists: [RankedList], in library: any SearchableLibrary) async throws -> [RankedList] {
        var reranked: [RankedList] = []
        for start in stride(from: 0, to: lists.count, by: Self.listsPerCall) {
            let part = Array(lists[start..<min(start + Self.listsPerCall, lists.count)])
            reranked += try await rerankTogether(part, in: library)
        }
        return reranked
    }

    private func rerankTogether(_ lists: [RankedList], in library: any SearchableLibrary) async throws -> [RankedList] {
        let groups = lists.map { Array(SkillGroup.groups($0.entries).prefix(depth)) }
        // A list of one has no order.
        let open = lists.indices.filter { groups[$0].count > 1 }
        guard !open.isEmpty else { return lists }
        let entries = try await library.entries(open.flatMap { groups[$0].map(\.best.found.number) })
        let questions = open.map { index in
            ListwiseQuestion(
                step: lists[index].query.text,
                candidates: groups[index].map { group in
                    let text = entries[group.best.found.number]?.text
                    return ListwiseQuestion.Option(text?.name ?? "", text?.description ?? "")
                }
            )
        }
        guard let reply = try await reply(to: questions) else { return lists }
        var reranked = lists
        for (index, order) in zip(open, reply.orders) {
            reranked[index].entries = Self.reordered(lists[index].entries, found: groups[index], order: order)
        }
        return reranked
    }

    private func reply(to questions: [ListwiseQuestion]) async throws -> ListwiseReply? {
        let start = ContinuousClock.now
        do {
            let answer = try await model.reply(to: ListwisePrompt.request(questions))
            let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
            let reply = ListwiseReply.read(answer.text, questions: questions)
            let call = ModelCall(tokens: answer.usage, latency: milliseconds, finishReason: answer.finishReason)
            observe(RerankingReport(model: model.name, call: call, remark: reply.remark))
            return reply
        } catch let error as ChatModelError {
            // A cancelled call may look like a broken connection.
            try Task.checkCancellation()
            // Nobody who asks for a replay wants another order than the recorded one.
            if error.kind == .recordingUnusable { throw error }
            observe(RerankingReport(model: model.name, remark: error.description))
            return nil
        }
    }

    /// The entries with the ranked skills in their new order; the rest stays where it was.
    ///
    /// The scores that these skills were found with are dealt out anew from the first to the last, and no other entry of a
    /// skill passes the one it is ranked by.
    private static func reordered(_ entries: [RankedEntry], found: [SkillGroup], order: [Int]) -> [RankedEntry] {
        var ranks: [Int64: Int] = [:]
        for (rank, place) in order.enumerated() { ranks[found[place].best.found.skill] = rank }
        let adjusted = entries.map { entry in
            guard let rank = ranks[entry.found.skill] else { return entry }
            var entry = entry
            let isBest = found[order[rank]].best.found.number == entry.found.number
            entry.score = isBest ? found[rank].best.score : min(entry.score, found[rank].best.score)
            return entry
        }
        return adjusted.enumerated().sorted { left, right in
            if left.element.score != right.element.score { return left.element.score > right.element.score }
            let first = ranks[left.element.found.skill] ?? .max
            let second = ranks[right.element.found.skill] ?? .max
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
    }
}
