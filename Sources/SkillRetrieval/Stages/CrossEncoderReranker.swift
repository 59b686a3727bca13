import SkillCatalog
package import TextEmbedding

/// A stage that has a cross-encoder read the query together with each of the best entries.
///
/// Its logits' z-scores among the entries it read, times `weight`, are added to the score that the stages before gave, which
/// is a weighted sum of z-scores too: at 1 it counts as much as words and vectors together. What it did not read keeps its
/// order behind.
package struct CrossEncoderReranker: Reranker {
    package let name = "cross"
    package let model: CrossEncoder
    private let weight: Double
    private let depth: Int

    /// - Parameter depth: entries of a list that are read, from the first.
    package init(model: CrossEncoder, weight: Double = 1, depth: Int = 20) {
        self.model = model
        self.weight = weight
        self.depth = max(1, depth)
    }

    package func rerank(_ lists: [RankedList], in library: any SearchableLibrary) async throws -> [RankedList] {
        let heads = lists.map { $0.entries.prefix(depth) }
        let texts = try await library.entries(Array(Set(heads.joined().map(\.found.number))))
        var pairs: [(text: String, other: String)] = []
        for (list, head) in zip(lists, heads) {
            for entry in head { pairs.append((list.query.text, texts[entry.found.number]?.text.sentence ?? "")) }
        }
        var logits = try await model.scores(pairs)[...]
        return zip(lists, heads).map { list, head in
            defer { logits = logits.dropFirst(head.count) }
            return reranked(list, logits.prefix(head.count).map(Double.init))
        }
    }

    private func reranked(_ list: RankedList, _ logits: [Double]) -> RankedList {
        guard logits.count > 1 else { return list }
        let statistics = SignalStatistics(logits)
        var read = zip(list.entries, logits).map { entry, logit in
            var entry = entry
            let share = weight * statistics.z(logit)
            entry.values[.crossEncoder] = logit
            entry.contributions[.crossEncoder] = share
            entry.score += share
            return entry
        }
        read.sort { $0.score > $1.score || ($0.score == $1.score && $0.found.number < $1.found.number) }
        let least = read.last?.score ?? 0
        for (place, entry) in list.entries.dropFirst(logits.count).enumerated() {
            read.append(entry)
            read[read.count - 1].score = least - Double(place + 1) * 1e-3
        }
        return RankedList(query: list.query, entries: read)
    }
}
