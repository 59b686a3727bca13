import SkillCatalog

/// Finds the unquoted words that a parameter takes: "in the electronics category", "the sales of laptops".
struct PhraseBinding {
    private let words: [RequestToken]
    /// Stems that name the tool's own business, and those of what earlier steps yield.
    private let ownStems: Set<String>
    private let parameterStems: Set<String>

    /// - Parameters:
    ///   - words: the tokens of the step, its verb first.
    ///   - toolStems: words of the tool's name and description.
    ///   - cues: expressions that point to earlier steps.
    ///   - parameterStems: words that name any parameter of the tool.
    init(words: [RequestToken], toolStems: Set<String>, cues: [[String]], parameterStems: Set<String>) {
        self.words = words
        ownStems = toolStems.union(cues.joined())
        self.parameterStems = parameterStems
    }

    /// The words the parameter's own name stands beside: "the genre action", "mode of transport as driving".
    func named(by parameter: IOPort) -> String? {
        let name = parameter.nameStems
        guard let last = name.last, !Self.plainNames.contains(last) else { return nil }
        for index in words.indices.dropFirst() where words[index].isWord && words[index].stem == last {
            // Of "product type" both words have to be there, one behind the other or with "of" between.
            let before = words[max(0, index - 4)..<index].filter(\.isWord).map(\.stem)
            guard name.dropLast().allSatisfy({ before.contains($0) || Self.plainNames.contains($0) }) else { continue }
            if let phrase = phrase(behind: index + 1, of: name) ?? phrase(before: index, of: name) { return phrase }
        }
        return nil
    }

    private static let plainNames = Set(
        ["name", "id", "text", "data", "value", "number", "type", "query", "input", "content", "url", "path", "key"]
            .map(WordStem.of)
    )
    private static let joints = EnglishWords.words("as is of to named called titled be being for on about equals")

    private func phrase(behind start: Int, of name: [String]) -> String? {
        var index = start
        var isJoined = false
        while index < words.count, Self.joints.contains(words[index].text) || words[index].mark == ":" {
            isJoined = true
            index += 1
        }
        if index < words.count, ["a", "an", "the"].contains(words[index].text) { index += 1 }
        let run = run(from: index, limit: 3)
        guard !run.isEmpty, isJoined || run.count == 1, run.allSatisfy({ !name.contains($0.stem) }) else { return nil }
        return text(run)
    }

    private func phrase(before end: Int, of name: [String]) -> String? {
        var start = end
        while start > 1, end - start < 2, isFree(words[start - 1]), !name.contains(words[start - 1].stem) { start -= 1 }
        // "the movie title": what the article belongs to is the title, not a movie of that name.
        guard start < end, start > 0, !ownStems.contains(words[start].stem) else { return nil }
        return text(Array(words[start..<end]))
    }

    /// The one thing the step speaks of that neither its tool nor an earlier step accounts for.
    var onlyTopic: String? {
        var topics: [String] = []
        for phrase in NounPhraseReader.phrases(in: words, verbAt: 0) where !phrase.namesLiteral {
            guard [.bare, .indefinite, .definite].contains(phrase.determiner), phrase.owner == nil else { continue }
            let rest = phrase.words.filter { isFree($0) && !parameterStems.contains($0.stem) }
            guard let last = rest.last, let text = text(rest), !Self.isVague(last) else { continue }
            // What is left has to stand together.
            guard last.range.upperBound - (rest.first?.range.lowerBound ?? 0) <= text.utf8.count + 1 else { return nil }
            topics.append(text)
        }
        return topics.count == 1 ? topics.first : nil
    }

    private static func isVague(_ word: RequestToken) -> Bool {
        EnglishWords.genericNouns.contains(word.stem) || EnglishWords.timeNouns.contains(word.stem)
            || EnglishWords.resultNouns.contains(word.text) || EnglishWords.entityNouns.contains(word.stem)
            || MeasuringUnit.named(word.text) != nil || word.text.hasSuffix("ing") || word.text.hasSuffix("ed")
    }

    private func run(from start: Int, limit: Int) -> [RequestToken] {
        guard start < words.count else { return [] }
        let run = words[start...].prefix(limit + 1).prefix { isFree($0) }
        return run.count > limit ? [] : Array(run)
    }

    /// A word that may be part of a value.
    private func isFree(_ word: RequestToken) -> Bool {
        word.isWord && !EnglishWords.functionWords.contains(word.text) && !ownStems.contains(word.stem)
            && !Self.qualities.contains(word.text) && ValueLexicon.currency(word.text, before: nil) == nil
    }

    private func text(_ run: [RequestToken]) -> String? {
        run.isEmpty ? nil : run.map(\.written).joined(separator: " ")
    }

    private static let qualities = EnglishWords.words(
        """
        latest current new newest recent best top available relevant related specific certain random nearby following various
        different several back variable many more most other same given detailed full complete whole entire total good great popular
        """
    )
}
