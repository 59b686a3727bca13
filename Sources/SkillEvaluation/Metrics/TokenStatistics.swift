package import LanguageModels

/// Mean language-model tokens a request, kept apart by where the figures come from.
package struct TokenStatistics: Sendable, Hashable {
    package struct Means: Sendable, Hashable {
        package let prompt: Double
        package let completion: Double
        /// Requests the means are over.
        package let count: Int

        package init(prompt: Double, completion: Double, count: Int) {
            self.prompt = prompt
            self.completion = completion
            self.count = count
        }

        package var total: Double { prompt + completion }
    }

    /// From the most to the least trustworthy.
    package static let sources: [TokenUsage.Source] = [.measured, .counted, .estimated, .published]

    /// Only sources that occur. Figures of different sources are never added up.
    package private(set) var means: [TokenUsage.Source: Means] = [:]

    package init(_ means: [TokenUsage.Source: Means]) { self.means = means }

    package init(of usages: [TokenUsage]) {
        for source in Self.sources {
            let chosen = usages.filter { $0.source == source }
            guard !chosen.isEmpty else { continue }
            let count = Double(chosen.count)
            means[source] = Means(
                prompt: Double(chosen.reduce(0) { $0 + $1.prompt }) / count,
                completion: Double(chosen.reduce(0) { $0 + $1.completion }) / count,
                count: chosen.count
            )
        }
    }
}
