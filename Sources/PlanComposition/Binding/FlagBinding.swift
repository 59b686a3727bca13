import JSONSchema
import SkillCatalog

/// Binds what a step says without a value of its own: "include numbers", "sorted by date ascending".
enum FlagBinding {
    /// Truth values and choices that the words name, by parameter name.
    static func flags(_ parameters: [IOPort], _ words: [RequestToken]) -> [String: JSONValue] {
        var flags: [String: JSONValue] = [:]
        for parameter in parameters where !parameter.isCollection {
            switch ParameterKind(parameter) {
            case .boolean: flags[parameter.name] = truth(of: parameter, words).map(JSONValue.bool)
            case .choice: flags[parameter.name] = choice(of: parameter, words).map(JSONValue.string)
            default: break
            }
        }
        return flags
    }

    private static let switchWords = Set(
        ["include", "enable", "is", "has", "with", "allow", "use", "should", "exclude", "no", "without"].map(
            WordStem.of
        )
    )
    private static let negations = EnglishWords.words("without exclude excluding no not except disable non")

    /// True where the words name the thing, false where they deny it; "include_numbers false" says so itself.
    private static func truth(of parameter: IOPort, _ words: [RequestToken]) -> Bool? {
        let telling = parameter.nameStems.filter { !switchWords.contains($0) }
        guard let last = telling.last,
            let place = words.lastIndex(where: { $0.isWord && $0.stem == last }),
            telling.allSatisfy({ stem in words.contains { $0.stem == stem } })
        else { return nil }
        for token in words[(place + 1)...].prefix(2).prefix(while: { $0.text != "and" && $0.mark == nil }) {
            if token.text == "true" || token.text == "yes" { return true }
            if token.text == "false" || token.text == "no" { return false }
        }
        // One common word alone is no switch: "the message" does not mean `message: true`.
        guard telling.count > 1 || parameter.nameStems.count > 1 else { return nil }
        let before = words[max(0, place - 6)..<place].reversed().prefix { $0.mark == nil || $0.mark == "," }
        let isNamed =
            parameter.nameStems.count == telling.count
            || before.contains { switchWords.contains($0.stem) || negations.contains($0.text) }
        guard isNamed else { return nil }
        let isDenied =
            before.first { switchWords.contains($0.stem) || negations.contains($0.text) }
            .map { negations.contains($0.text) } ?? false
        return isDenied == parameter.nameStems.contains { $0 == WordStem.of("exclude") || $0 == "no" }
    }

    /// The only choice of the schema that stands in the words.
    private static func choice(of parameter: IOPort, _ words: [RequestToken]) -> String? {
        let spoken = Set(words.map { $0.text.lowercased() })
        let found = parameter.choices.filter { choice in
            let parts = IdentifierWords.split(choice)
            return !parts.isEmpty && parts.allSatisfy(spoken.contains)
                && !(parts.count == 1 && EnglishWords.functionWords.contains(parts[0]))
        }
        return found.count == 1 ? found.first : nil
    }
}
