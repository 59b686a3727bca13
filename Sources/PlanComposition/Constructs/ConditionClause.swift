import JSONSchema
import SkillCatalog

/// A condition as a request words it: "if it exceeds 80 %", "unless there are no errors".
struct ConditionClause: Sendable, Hashable {
    /// Stems of what the condition speaks of; empty for a pronoun.
    var subject: [String]
    var comparison: StepCondition.Comparison
    var right: JSONValue?
    /// The words, for people.
    var cue: String
    /// The condition speaks of something being so: "is successful", "is valid".
    var isTruth = false

    /// The first condition among some words of one sentence; nil where there is none.
    ///
    /// "When it is done" and "if you can" are no conditions: nothing is compared.
    static func read(_ tokens: [RequestToken]) -> ConditionClause? {
        for index in tokens.indices where opens(index, tokens) {
            let sentence = tokens[index].sentence
            let clause = tokens[(index + 1)...].prefix { token in
                token.sentence == sentence && token.mark != "," && token.mark != "." && token.text != "then"
            }
            let words = Array(clause.prefix(maximumLength))
            guard var found = parse(words) else { continue }
            found.cue = ([tokens[index]] + words.prefix(16)).map(\.written).joined(separator: " ")
            if tokens[index].text == "unless" { found.negate() }
            return found
        }
        return nil
    }

    private static let maximumLength = 24

    private static func opens(_ index: Int, _ tokens: [RequestToken]) -> Bool {
        switch tokens[index].text {
        // "Check if it is open" asks, it sets no condition.
        case "if": index == 0 || !asking.contains(tokens[index - 1].text)
        case "unless", "when", "whenever": true
        case "case": index > 0 && tokens[index - 1].text == "in"
        default: false
        }
    }

    private static let asking = EnglishWords.words(
        "check see know verify determine ask tell me confirm out sure learn whether wonder wondering"
    )

    // MARK: - Comparisons

    private static let comparisons: [(words: [String], comparison: StepCondition.Comparison)] = {
        let lines: [(StepCondition.Comparison, String)] = [
            (.atLeast, "greater than or equal to|more than or equal to|at least|no less than|reaches|reach|reached"),
            (.atMost, "less than or equal to|at most|no more than|not more than"),
            (
                .above,
                """
                exceeds|exceed|exceeded|more than|greater than|higher than|larger than|bigger than|longer than|rises above
                goes above|is above|are above|is over|are over|goes over|above|surpasses
                """
            ),
            (
                .below,
                """
                less than|lower than|smaller than|fewer than|shorter than|falls below|drops below|goes below|is below
                are below|is under|are under|drops under|below
                """
            ),
            (.notEqual, "is not equal to|does not equal|differs from"), (.equal, "is equal to|equals|equal to"),
            (.contains, "contains|contain|includes|mentions|mention"), (.empty, "is empty|are empty|is missing"),
            (.notEmpty, "is not empty|are not empty|are found|is found|exists|exist"),
        ]
        return lines.flatMap { comparison, text in
            text.split { $0 == "|" || $0 == "\n" }
                .map { ($0.split(separator: " ").map(String.init), comparison) }
        }
        .sorted { $0.0.count > $1.0.count }
    }()

    private static func parse(_ words: [RequestToken]) -> ConditionClause? {
        for place in words.indices {
            guard let (phrase, comparison) = comparisons.first(where: { starts(words[place...], with: $0.words) })
            else {
                continue
            }
            let rest = Array(words[(place + phrase.count)...])
            let subject = stems(words[..<place])
            guard comparison.isBinary else {
                return ConditionClause(subject: subject, comparison: comparison, cue: "")
            }
            guard let (value, length) = value(at: rest) else { return nil }
            // "more than 3 errors": what is counted stands behind the number.
            let counted = subject.isEmpty ? stems(rest.dropFirst(length).prefix(3)) : subject
            return ConditionClause(subject: counted, comparison: comparison, right: value, cue: "")
        }
        return existence(words) ?? state(words)
    }

    /// "there are any errors", "there are no errors".
    private static func existence(_ words: [RequestToken]) -> ConditionClause? {
        guard words.count > 2, words[0].text == "there", ["is", "are", "were", "was"].contains(words[1].text) else {
            return nil
        }
        let isNone = words[2].text == "no" || words[2].text == "not"
        let subject = stems(words.dropFirst(2).filter { !["any", "no", "not", "some"].contains($0.text) }[...])
        guard !subject.isEmpty else { return nil }
        return ConditionClause(subject: subject, comparison: isNone ? .empty : .notEmpty, cue: "")
    }

    /// "the sentiment is negative", "the status is 'open'", "the file is valid".
    private static func state(_ words: [RequestToken]) -> ConditionClause? {
        guard let verb = words.firstIndex(where: { ["is", "was", "are"].contains($0.text) }), verb + 1 < words.count
        else { return nil }
        let isDenied = words[verb + 1].text == "not"
        let rest = Array(words[(verb + (isDenied ? 2 : 1))...])
        let subject = stems(words[..<verb])
        if rest.count == 1, let state = rest.first, state.isWord {
            guard !doneWords.contains(state.text), !state.text.hasSuffix("ed"), !subject.isEmpty else { return nil }
            let isTruth = truthWords.contains(state.text)
            return ConditionClause(
                subject: isTruth ? subject + [state.stem] : subject,
                comparison: isDenied ? .notEqual : .equal,
                right: isTruth ? true : .string(state.text),
                cue: "",
                isTruth: isTruth
            )
        }
        guard let first = rest.first, first.literal != nil, let (value, _) = value(at: rest), !subject.isEmpty else {
            return nil
        }
        return ConditionClause(subject: subject, comparison: isDenied ? .notEqual : .equal, right: value, cue: "")
    }

    /// These say that something is over or possible; they compare nothing.
    private static let doneWords = EnglishWords.words(
        """
        done complete completed finished ready over available possible necessary needed required created generated scheduled
        booked confirmed identified obtained applicable appropriate desired there here
        """
    )
    private static let truthWords = EnglishWords.words("successful valid correct invalid passed true enabled active")

    private static func value(at words: [RequestToken]) -> (JSONValue, length: Int)? {
        guard let index = words.firstIndex(where: { $0.mark != nil || !["the", "a", "an", "of"].contains($0.text) })
        else {
            return nil
        }
        let token = words[index]
        switch token.literal {
        case .number(let number, _)?:
            return (Int64(exactly: number).map(JSONValue.integer) ?? .number(number), index + 1)
        case .some: return (.string(token.text), index + 1)
        case nil:
            guard let number = ValueLexicon.numbers[token.text] else { return nil }
            return (Int64(exactly: number).map(JSONValue.integer) ?? .number(number), index + 1)
        }
    }

    private static func starts(_ words: ArraySlice<RequestToken>, with phrase: [String]) -> Bool {
        words.count >= phrase.count && zip(words, phrase).allSatisfy { $0.text == $1 }
    }

    private static func stems(_ words: ArraySlice<RequestToken>) -> [String] {
        words.filter { $0.isWord && !EnglishWords.functionWords.contains($0.text) && $0.text != "there" }.map(\.stem)
    }

    private mutating func negate() {
        comparison =
            switch comparison {
            case .above: .atMost
            case .atLeast: .below
            case .below: .atLeast
            case .atMost: .above
            case .equal: .notEqual
            case .notEqual: .equal
            case .empty: .notEmpty
            case .notEmpty: .empty
            case .contains: .contains
            }
    }
}
