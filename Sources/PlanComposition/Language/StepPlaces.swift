import SkillCatalog
import SkillRetrieval

/// Finds where in the request each step stands, as ranges of its tokens.
///
/// Spans are taken as they are. Steps without one, as a language model or a data set gives them, are laid over the
/// clauses of the request in order, so that they share as many telling words with them as possible.
enum StepPlaces {
    /// Clauses and steps beyond this are not laid out; the work grows with the product of their numbers.
    private static let maximumClauses = 200

    /// - Parameter length: the request's length in bytes; spans beyond it are ignored.
    /// - Returns: for each step its tokens; nil where it was not found.
    static func find(
        _ subtasks: [Subtask],
        in tokens: [RequestToken],
        length: Int,
        hints: [[String]]
    ) -> [Range<Int>?] {
        let spans = subtasks.map { subtask in
            subtask.span.flatMap { $0.upperBound <= length ? place(of: $0, in: tokens) : nil }
        }
        guard spans.allSatisfy({ $0 == nil }) else { return spans }
        let clauses = Self.clauses(of: tokens)
        guard clauses.count <= maximumClauses, subtasks.count <= maximumClauses, !subtasks.isEmpty else { return spans }
        let words = subtasks.enumerated().map { index, subtask in
            vocabulary(subtask.text, hints: hints.indices.contains(index) ? hints[index] : [])
        }
        return lay(words, over: clauses, tokens)
    }

    private static func place(of span: Range<Int>, in tokens: [RequestToken]) -> Range<Int>? {
        guard let first = tokens.firstIndex(where: { $0.range.upperBound > span.lowerBound }),
            let last = tokens.lastIndex(where: { $0.range.lowerBound < span.upperBound }), first <= last
        else { return nil }
        return first..<(last + 1)
    }

    // MARK: - Clauses

    /// Runs of tokens between sentence ends, commas and conjunctions.
    ///
    /// Words that only lead on ("after that,") and subordinate clauses ("once it is done,") stay with what follows.
    static func clauses(of tokens: [RequestToken]) -> [Range<Int>] {
        var starts: [Int] = []
        var depth = 0
        for (index, token) in tokens.enumerated() {
            if token.mark == "[" || token.mark == "(" { depth += 1 }
            if token.mark == "]" || token.mark == ")" { depth = max(0, depth - 1) }
            guard let start = starts.last else {
                starts.append(0)
                continue
            }
            if tokens[index - 1].sentence != token.sentence {
                starts.append(index)
            } else if depth == 0, joins(index, in: tokens), !leadsOn(tokens[start..<index]) {
                starts.append(index)
            }
        }
        return zip(starts, starts.dropFirst() + [tokens.count]).map { $0..<$1 }
    }

    private static let joiningWords = EnglishWords.words("and then after before while finally")

    private static func joins(_ index: Int, in tokens: [RequestToken]) -> Bool {
        if tokens[index].mark == "," { return true }
        guard joiningWords.contains(tokens[index].text) else { return false }
        // "New York and Los Angeles" are one object.
        return index + 1 < tokens.count && tokens[index + 1].isWord && !tokens[index + 1].isProperName
    }

    /// These tokens open the clause behind them.
    private static func leadsOn(_ tokens: ArraySlice<RequestToken>) -> Bool {
        guard let first = tokens.first(where: { $0.mark == nil }) else { return true }
        if StepReading.subordinators.contains(first.text), !tokens.contains(where: { $0.mark == "," }) {
            return tokens.count <= StepReading.longestSubordinateClause
        }
        return tokens.allSatisfy {
            $0.mark != nil || EnglishWords.openers.contains($0.text) || ["that", "this", "following"].contains($0.text)
        }
    }

    // MARK: - Laying steps over clauses

    private struct Vocabulary {
        var verb: String
        var stems: Set<String>
    }

    private static func vocabulary(_ text: String, hints: [String]) -> Vocabulary {
        let stems = IdentifierWords.split(text).filter { !EnglishWords.functionWords.contains($0) }.map(WordStem.of)
        return Vocabulary(verb: stems.first ?? "", stems: Set(stems + hints.map(WordStem.of)))
    }

    /// Dynamic programme over steps and clauses: step k takes a run of clauses behind those of step k − 1, or none.
    private static func lay(
        _ steps: [Vocabulary],
        over clauses: [Range<Int>],
        _ tokens: [RequestToken]
    ) -> [Range<Int>?] {
        // A word that every step knows places none of them.
        var frequency: [String: Int] = [:]
        for step in steps { for stem in step.stems { frequency[stem, default: 0] += 1 } }
        let contents = clauses.map { ClauseWords(tokens[$0]) }
        let gains = steps.map { step in contents.map { gain(of: step, over: $0, frequency) } }
        // best[k][c]: the most the first k steps can gain on the first c clauses.
        let none = -Double.infinity
        var best = Array(repeating: Array(repeating: none, count: clauses.count + 1), count: steps.count + 1)
        var from = Array(repeating: Array(repeating: 0, count: clauses.count + 1), count: steps.count + 1)
        for end in 0...clauses.count { best[0][end] = -0.05 * Double(end) }
        for step in 0..<steps.count {
            for end in 0...clauses.count {
                // The step is nowhere.
                best[step + 1][end] = best[step][end] - 2
                from[step + 1][end] = end
                var run = 0.0
                for start in stride(from: end - 1, through: 0, by: -1) {
                    run += gains[step][start].inside
                    let total = best[step][start] + run - gains[step][start].inside + gains[step][start].opening
                    if total > best[step + 1][end] {
                        best[step + 1][end] = total
                        from[step + 1][end] = start
                    }
                }
            }
        }
        return trace(from, clauses, contents, steps)
    }

    private struct ClauseWords {
        var verb: String?
        var stems: Set<String>

        init(_ tokens: ArraySlice<RequestToken>) {
            let reading = StepReading(lead: [], words: Array(tokens), isPlaced: true)
            verb = reading.verb
            stems = Set(tokens.lazy.filter(\.isWord).map(\.stem))
        }
    }

    /// What a step gains from a clause: as the first of its run, and as a later one.
    private static func gain(
        of step: Vocabulary,
        over clause: ClauseWords,
        _ frequency: [String: Int]
    ) -> (opening: Double, inside: Double) {
        // In a fixed order: a sum of fractions depends on it in the last bit, and a tie can hang on that bit.
        let shared = clause.stems.intersection(step.stems).sorted()
            .reduce(0.0) { $0 + 1 / Double(frequency[$1] ?? 1) }
        let startsWithVerb = clause.verb.map(EnglishWords.knownVerbs.contains) ?? false
        let opening = clause.verb == step.verb ? 1 : startsWithVerb ? 0.3 : -0.3
        // A clause that starts with a verb is a step of its own rather than the rest of one, which repeats its words.
        return (shared + opening, shared * 0.4 - (startsWithVerb ? 0.4 : 0))
    }

    private static func trace(
        _ from: [[Int]],
        _ clauses: [Range<Int>],
        _ contents: [ClauseWords],
        _ steps: [Vocabulary]
    ) -> [Range<Int>?] {
        var places: [Range<Int>?] = Array(repeating: nil, count: steps.count)
        var end = clauses.count
        for step in stride(from: steps.count - 1, through: 0, by: -1) {
            let start = from[step + 1][end]
            if start < end {
                // "I need help with my taxes. Calculate …": what is said before the step's own verb leads to it.
                let first =
                    (start..<end).first { contents[$0].verb == steps[step].verb }
                    ?? (start..<end).first { contents[$0].verb.map(EnglishWords.knownVerbs.contains) ?? false } ?? start
                places[step] = clauses[first].lowerBound..<clauses[end - 1].upperBound
            }
            end = start
        }
        return places
    }
}
