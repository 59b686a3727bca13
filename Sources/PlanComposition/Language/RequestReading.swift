import SkillCatalog
import SkillRetrieval

/// A request and where each of its steps stands in it.
struct RequestReading: Sendable {
    let steps: [StepReading]
    /// The wording was understood well enough to look for cues in it.
    let isEnglish: Bool

    /// Reads every step at its span; steps without one are first looked for in the request.
    ///
    /// - Parameter hints: further words for each step, such as those of its tool, which help to find it.
    init(request: String, subtasks: [Subtask], hints: [[String]] = []) {
        let tokens = RequestTokenizer.tokens(of: request)
        isEnglish = Self.looksEnglish(tokens)
        let places = StepPlaces.find(subtasks, in: tokens, length: request.utf8.count, hints: hints)
        var readings: [StepReading] = []
        for (index, subtask) in subtasks.enumerated() {
            guard let place = places[index] else {
                let words = RequestTokenizer.tokens(of: subtask.text)
                readings.append(StepReading(lead: [], words: words, isPlaced: false))
                continue
            }
            let before = places[..<index].compactMap { $0?.upperBound }.max() ?? 0
            let after = places[(index + 1)...].compactMap { $0?.lowerBound }.filter { $0 >= place.upperBound }.min()
            readings.append(
                StepReading(
                    lead: Array(tokens[min(before, place.lowerBound)..<place.lowerBound]),
                    words: Array(tokens[place]),
                    trail: Array(tokens[place.upperBound..<(after ?? tokens.count)]),
                    isPlaced: true
                )
            )
        }
        steps = readings
    }

    /// All words of the steps before one, with what stands between them.
    func earlierWords(_ step: Int) -> [RequestToken] {
        steps[..<step].flatMap { $0.lead + $0.body } + steps[step].lead
    }

    /// Short texts are given the benefit of the doubt when they use our letters.
    private static func looksEnglish(_ tokens: [RequestToken]) -> Bool {
        let words = tokens.filter(\.isWord)
        let known = words.count {
            EnglishWords.functionWords.contains($0.text) || EnglishWords.openers.contains($0.text)
                || EnglishWords.knownVerbs.contains($0.stem)
        }
        return known * 6 >= words.count
    }
}
