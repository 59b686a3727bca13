import JSONSchema
import SkillCatalog

/// One value of a step's words, or a list of values, with the words around it.
struct SpokenValue: Sendable, Hashable {
    /// The elements; more than one for a list such as "'A', 'B' and 'C'".
    var elements: [RequestToken]
    /// Stems of the words before it, nearest first, back to the value before.
    var before: [String]
    /// Stem of the word behind it, for units: "5 *pounds*".
    var after: String?

    /// The values of a step, in order.
    ///
    /// - Parameter lists: values joined by commas and "and" are one list; otherwise each stands for itself.
    static func all(in words: [RequestToken], lists: Bool) -> [SpokenValue] {
        var values: [SpokenValue] = []
        var index = 0
        while index < words.count {
            // `'name':` is a key, not a value.
            guard words[index].literal != nil, index + 1 == words.count || words[index + 1].mark != ":" else {
                index += 1
                continue
            }
            var elements = [words[index]]
            var end = index + 1
            while lists, let next = nextElement(after: end, in: words) {
                elements.append(words[next])
                end = next + 1
            }
            values.append(
                SpokenValue(
                    elements: elements,
                    before: context(before: index, in: words),
                    after: end < words.count && words[end].isWord ? words[end].stem : nil
                )
            )
            index = end
        }
        return values
    }

    /// The place of a further element behind commas and "and".
    private static func nextElement(after end: Int, in words: [RequestToken]) -> Int? {
        var index = end
        while index < words.count, words[index].mark == "," || words[index].text == "and" || words[index].text == "or" {
            index += 1
        }
        guard index > end, index < words.count, words[index].literal != nil else { return nil }
        return index
    }

    private static func context(before index: Int, in words: [RequestToken]) -> [String] {
        var stems: [String] = []
        for token in words[..<index].reversed() {
            if token.literal != nil || stems.count == 6 { break }
            if token.mark == "," && !stems.isEmpty { break }
            if token.isWord { stems.append(token.stem) }
        }
        // "between A and B" is "from A to B".
        if stems.first == "between" { stems[0] = "from" }
        if stems == ["and"] { stems = ["to"] }
        return stems
    }

    /// What the value is, looking into quotes: `'https://…'` is an address, quoted or not.
    private var kind: Literal {
        guard let literal = elements.first?.literal else { return .quoted }
        guard literal == .quoted, let text = elements.first?.text, !text.contains(" ") else { return literal }
        return LiteralReader.read(text) ?? .quoted
    }

    /// A parameter may take the value at all.
    func fits(_ parameter: IOPort) -> Bool {
        if elements.count > 1 && !parameter.isCollection { return false }
        switch kind {
        case .url: return parameter.carrier == .url || isPlainText(parameter)
        case .path: return parameter.carrier == .path || isPlainText(parameter)
        case .emailAddress: return parameter.type == .emailAddress || isPlainText(parameter)
        case .phoneNumber: return parameter.type == .phoneNumber || isPlainText(parameter) || isNumber(parameter)
        case .date: return parameter.type == .date || parameter.type == .dateTime || isPlainText(parameter)
        case .number: return isNumber(parameter)
        case .quoted, .code: return takesText(parameter)
        }
    }

    /// The parameter takes this kind of value rather than any text: what is left over may be bound to it.
    func suits(_ parameter: IOPort) -> Bool {
        guard fits(parameter) else { return false }
        switch kind {
        case .quoted, .code, .number: return parameter.choices.isEmpty
        default: return hasTelltaleType(parameter)
        }
    }

    /// How surely the parameter is meant, from 0; 1 and more is enough to bind.
    func evidence(for parameter: IOPort) -> Double {
        guard fits(parameter) else { return 0 }
        if !parameter.choices.isEmpty {
            return elements.contains { token in parameter.choices.contains { isSame($0, token.text) } } ? 1.6 : 0
        }
        var score = hasTelltaleType(parameter) ? 1.0 : 0
        score += nameEvidence(parameter)
        if let side = before.first.flatMap({ Self.sides[$0] }), side.contains(where: parameter.nameStems.contains) {
            score += 0.6
        }
        return score
    }

    /// "from A to B": words before a value, and the parameters they speak of.
    private static let sides: [String: [String]] = [
        "from": ["start", "from", "origin", "source", "begin", "departur", "min", "check-in"].map(WordStem.of),
        "to": ["end", "to", "destination", "target", "until", "arrival", "max"].map(WordStem.of),
        "until": ["end", "until"], "for": ["recipient"].map(WordStem.of),
    ]

    /// The kind of value and the type of the parameter are made for each other.
    private func hasTelltaleType(_ parameter: IOPort) -> Bool {
        switch kind {
        case .url: parameter.carrier == .url
        case .path: parameter.carrier == .path
        case .emailAddress: parameter.type == .emailAddress
        case .phoneNumber: parameter.type == .phoneNumber
        case .date: parameter.type == .date
        case .number(_, .percent): parameter.type == .percentage
        case .number(_, .money): parameter.type == .money
        default: false
        }
    }

    /// The words around the value are those of the parameter's name, the nearest counting most.
    private func nameEvidence(_ parameter: IOPort) -> Double {
        let name = parameter.nameStems
        guard let last = name.last else { return 0 }
        var score = 0.0
        for (distance, stem) in before.enumerated() where name.contains(stem) {
            score += (stem == last ? 1.1 : 0.6) * (distance < 3 ? 1 : 0.6)
        }
        if let after, name.contains(after) { score += 0.9 }
        if let after, parameter.descriptionStems.contains(after) { score += 0.5 }
        if score == 0, before.prefix(3).contains(where: { parameter.descriptionStems.contains($0) && $0.count > 3 }) {
            score += 0.4
        }
        return min(score, 2)
    }

    private func isSame(_ choice: String, _ text: String) -> Bool { choice.lowercased() == text.lowercased() }

    private func isNumber(_ parameter: IOPort) -> Bool {
        parameter.jsonType == "number" || parameter.jsonType == "integer"
    }

    private func takesText(_ parameter: IOPort) -> Bool {
        guard parameter.jsonType == nil || parameter.jsonType == "string" || parameter.isCollection else {
            return false
        }
        return parameter.carrier == .value && parameter.type != .emailAddress
    }

    /// Text without a type that asks for something else.
    private func isPlainText(_ parameter: IOPort) -> Bool {
        guard takesText(parameter) else { return false }
        return parameter.type == nil || [.text, .document, .list, .secret, .identifier].contains(parameter.type)
    }

    /// The value as the parameter wants it.
    func json(for parameter: IOPort) -> JSONValue {
        let values = elements.map { element(from: $0, for: parameter) }
        return parameter.isCollection ? .array(values) : values.first ?? .null
    }

    private func element(from token: RequestToken, for parameter: IOPort) -> JSONValue {
        if let choice = parameter.choices.first(where: { isSame($0, token.text) }) { return .string(choice) }
        guard isNumber(parameter) else { return .string(token.text) }
        let literal = token.literal == .quoted ? LiteralReader.read(token.text) : token.literal
        guard case .number(let value, _) = literal else { return .string(token.text) }
        return Int64(exactly: value).map(JSONValue.integer) ?? .number(value)
    }
}
