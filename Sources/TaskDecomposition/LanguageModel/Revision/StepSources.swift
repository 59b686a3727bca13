import SkillRetrieval

/// Finds which words of a request a model's steps come from.
struct StepSources {
    private let request: String
    private let draft: [Subtask]
    private let quotes: QuoteFinder
    private let draftWords: [Set<String>]
    private let knownWords: Set<String>

    init(request: String, draft: [Subtask]) {
        self.request = request
        self.draft = draft
        quotes = QuoteFinder(request)
        draftWords = draft.map { ContentWords.of($0.text) }
        knownWords = draftWords.reduce(ContentWords.of(request)) { $0.union($1) }
    }

    /// Whether a step has anything to do with the request: its quote, or a word of its own.
    ///
    /// A step in another script than the request shares no words and gets the doubt.
    func isRelated(_ item: RevisedSteps.Item) -> Bool {
        if !quotes.places(of: item.quote, atMost: 1).isEmpty { return true }
        if !ContentWords.of(item.text).isDisjoint(with: knownWords) { return true }
        return WritingSystem.prevailing(in: item.text) != WritingSystem.prevailing(in: request)
    }

    /// The steps with their spans and how sure they are.
    ///
    /// Of all places that quotes and likeness to drafted steps suggest, those are taken that together say most and lie one
    /// after the other; a step whose place another one needs has none.
    func locate(_ items: [RevisedSteps.Item]) -> [ProposedStep] {
        let places = inOrder(items.map { options(for: $0, isOnly: items.count == 1) })
        return zip(items, places).map { item, place in
            ProposedStep(
                text: item.text,
                skill: item.skill,
                span: place?.span,
                confidence: confidence(place),
                dependsOn: item.dependsOn
            )
        }
    }

    /// A stretch of the request a step may come from.
    private struct Place {
        var span: Range<Int>
        /// How much speaks for it: a quote more than likeness.
        var weight: Double
        var isQuote: Bool
    }

    private func options(for item: RevisedSteps.Item, isOnly: Bool) -> [Place] {
        let length = request.utf8.count
        // Whoever quotes everything for one of several steps has quoted nothing.
        let quoted = quotes.places(of: item.quote).filter { isOnly || $0.count * 5 < length * 4 }
            .map { Place(span: $0, weight: 3, isQuote: true) }
        let words = ContentWords.of(item.text)
        guard !words.isEmpty else { return quoted }
        let alike = zip(draft, draftWords).compactMap { subtask, known -> Place? in
            guard let span = subtask.span, !known.isEmpty else { return nil }
            let shared = Double(words.intersection(known).count)
            let likeness = shared / Double(min(words.count, known.count))
            return likeness >= 0.5 ? Place(span: span, weight: likeness, isQuote: false) : nil
        }
        return quoted + alike.sorted { $0.weight > $1.weight }.prefix(4)
    }

    /// One place for each step or none, ascending and disjoint, with the greatest weight in all.
    private func inOrder(_ options: [[Place]]) -> [Place?] {
        // A chain ends in a place; it remembers the one before it.
        struct Link {
            var step: Int
            var place: Place
            var weight: Double
            var before: Int?
        }
        var links: [Link] = []
        for (step, places) in options.enumerated() {
            for place in places {
                let earlier = links.indices.filter {
                    links[$0].step < step && links[$0].place.span.upperBound <= place.span.lowerBound
                }
                let best = earlier.max { links[$0].weight < links[$1].weight }
                let weight = place.weight + (best.map { links[$0].weight } ?? 0)
                links.append(Link(step: step, place: place, weight: weight, before: best))
            }
        }
        var chosen = [Place?](repeating: nil, count: options.count)
        var next = links.indices.max { links[$0].weight < links[$1].weight }
        while let link = next {
            chosen[links[link].step] = links[link].place
            next = links[link].before
        }
        return chosen
    }

    /// Surest where the model quotes what the local decomposer takes for a step as well.
    private func confidence(_ place: Place?) -> Double {
        guard let place else { return 0.5 }
        let isDrafted = draft.contains { subtask in
            guard let span = subtask.span, span.overlaps(place.span) else { return false }
            return span.clamped(to: place.span).count * 2 > min(span.count, place.span.count)
        }
        return place.isQuote ? (isDrafted ? 0.95 : 0.8) : 0.7
    }
}
