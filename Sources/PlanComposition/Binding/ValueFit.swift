import SkillCatalog

/// How well a value of a step's words suits a parameter.
struct ValueFit {
    let value: SpokenValue
    let parameter: IOPort
    let kind: ParameterKind

    init(_ value: SpokenValue, _ parameter: IOPort) {
        self.value = value
        self.parameter = parameter
        kind = ParameterKind(parameter)
    }

    /// The parameter may take the value at all.
    var isPossible: Bool {
        guard value.elements.count == 1 || parameter.isCollection else { return false }
        return value.elements.allSatisfy { isPossible($0) }
    }

    private func isPossible(_ element: SpokenValue.Element) -> Bool {
        switch (element.kind, kind) {
        case (_, .choice): parameter.choices.contains { Self.isSame($0, element.text) }
        case (_, .boolean), (_, .object): false
        case (.url, .url), (.path, .path), (.emailAddress, .emailAddress), (.phoneNumber, .phoneNumber): true
        case (.date(let date), .date): DatePattern(parameter)?.hasTime != true || date.time != nil
        case (.date(let date), .time): date.time != nil
        case (.time, .time), (.language, .language), (.currency, .currency): true
        case (.number(let number, let sign), .number): !isOtherMeasure && suitsSign(sign) && suitsInteger(number)
        case (.number, .phoneNumber), (.phoneNumber, .number): element.text.utf8.count >= 5
        case (.number, .text): parameter.type == .identifier || hasName
        case (.url, .path), (.quoted, .path), (.quoted, .url), (.quoted, .phoneNumber), (.code, .phoneNumber): true
        case (.quoted, .date): true
        case (.quoted, .number), (.quoted, .emailAddress), (.quoted, .language), (.quoted, .currency): false
        case (.quoted, .text), (.code, .text), (.name, .text), (.language, .text): true
        case (.currency, .text), (.date, .text), (.time, .text): isPlainText
        case (.url, .text), (.path, .text), (.emailAddress, .text), (.phoneNumber, .text): isPlainText
        default: false
        }
    }

    /// The parameter takes this kind of value rather than any text: what is left over may be bound to it.
    var isTelling: Bool {
        guard isPossible else { return false }
        switch (value.kind, kind) {
        case (.quoted, .text), (.code, .text), (.name, .text), (.number, .number): return true
        case (_, .text), (.quoted, _), (.number, _), (_, .number): return false
        default: return true
        }
    }

    /// How surely the parameter is meant, from 0; 1 and more is enough to bind.
    var evidence: Double {
        guard isPossible else { return 0 }
        if kind == .choice { return 1.6 }
        var score = hasTelltaleKind ? 1.0 : 0
        score += nameEvidence
        if let side = value.before.first.flatMap({ Self.sides[$0] }), side.contains(where: parameter.nameStems.contains)
        {
            score += value.before.first == "by" ? 1 : 0.6
        }
        if hasSameUnit { score += 0.9 }
        if carriesName { score += 1 }
        if isExample { score += 0.8 }
        if isLimit { score += 1 }
        return score
    }

    /// The kind of value and the kind of the parameter are made for each other.
    private var hasTelltaleKind: Bool {
        switch (value.kind, kind) {
        case (.url, .url), (.path, .path), (.emailAddress, .emailAddress), (.phoneNumber, .phoneNumber): true
        case (.date, .date), (.date, .time), (.time, .time): true
        case (.language, .language): true
        case (.number(_, .percent), .number): parameter.type == .percentage
        case (.number(_, .money), .number): parameter.type == .money
        default: false
        }
    }

    // MARK: - Words

    /// "from A to B": words before a value, and the parameters they speak of.
    private static let sides: [String: [String]] = [
        "from": ["start", "from", "origin", "source", "begin", "departur", "min", "check-in"].map(WordStem.of),
        "to": ["end", "to", "destination", "target", "until", "arrival", "max"].map(WordStem.of),
        "into": ["to", "target"].map(WordStem.of),
        "until": ["end", "until"], "for": ["recipient"].map(WordStem.of),
        "in": ["location", "city", "place", "country", "region", "state", "venue", "area", "target", "to"].map(
            WordStem.of
        ),
        "at": ["location", "place", "venue", "address", "time"].map(WordStem.of),
        "near": ["location", "city", "place"].map(WordStem.of),
        "around": ["location", "city", "place"].map(WordStem.of),
        "by": ["artist", "author", "singer", "director", "writer", "creator", "band", "composer"].map(WordStem.of),
        "on": ["date", "day", "topic", "subject"].map(WordStem.of),
        "with": ["participants", "attendees", "guests", "contact"].map(WordStem.of),
        "named": ["name", "title"].map(WordStem.of), WordStem.of("called"): ["name", "title"].map(WordStem.of),
        WordStem.of("named"): ["name", "title"].map(WordStem.of),
        WordStem.of("titled"): ["name", "title"].map(WordStem.of),
        "about": ["topic", "subject", "query"].map(WordStem.of),
    ]

    /// The words around the value are those of the parameter's name, the nearest counting most.
    private var nameEvidence: Double {
        let name = parameter.nameStems
        guard let last = name.last else { return 0 }
        var score = 0.0
        for (distance, stem) in value.before.enumerated() where name.contains(stem) && Self.sides[stem] == nil {
            score += (stem == last ? 1.1 : 0.6) * (distance < 3 ? 1 : 0.6)
        }
        for (distance, stem) in value.after.enumerated() where name.contains(stem) {
            score += (stem == last ? 0.9 : 0.6) * (distance < 2 ? 1 : 0.6)
        }
        if let first = value.after.first, parameter.descriptionStems.contains(first) { score += 0.5 }
        let near = value.before.prefix(3)
        if score == 0, near.contains(where: { parameter.descriptionStems.contains($0) && $0.count > 3 }) {
            score += 0.4
        }
        return min(score, 2)
    }

    private var hasName: Bool {
        parameter.tellingStems.contains { value.before.prefix(3).contains($0) || value.after.prefix(2).contains($0) }
    }

    /// `'secret_key'` for a parameter that is a key.
    private var carriesName: Bool {
        guard value.kind == .quoted, let text = value.elements.first?.text, text.utf8.count < 40,
            let last = parameter.nameStems.last
        else { return false }
        let words = IdentifierWords.split(text)
        return words.count > 1 && words.count < 4 && words.last.map(WordStem.of) == last
    }

    /// "(e.g. driving, walking, cycling)"
    private var isExample: Bool {
        guard let text = value.elements.first?.text.lowercased(), !text.isEmpty else { return false }
        return parameter.description.lowercased().contains("e.g")
            && IdentifierWords.split(parameter.description)
                .contains(text)
    }

    /// "The last three commits" for `max_count`, `limit` or `num_commits`: the number says how many there should be.
    private var isLimit: Bool {
        guard let counted = value.counted, value.unit == nil, kind == .number else { return false }
        let name = IdentifierWords.split(parameter.name)
        guard name.contains(where: Self.limitWords.contains) else { return false }
        return name.allSatisfy {
            Self.limitWords.contains($0) || Self.listWords.contains($0) || WordStem.of($0) == counted
        }
    }

    private static let limitWords: Set<String> = ["limit", "max", "maximum", "count", "num", "top", "n", "k"]
    private static let listWords: Set<String> = [
        "results", "result", "items", "entries", "records", "rows", "of", "number", "total", "first", "last", "to",
        "return",
    ]

    // MARK: - Units

    /// The unit the parameter counts in: "the duration in seconds".
    var parameterUnit: MeasuringUnit? {
        let words = IdentifierWords.split(parameter.name + " " + parameter.description)
        return words.lazy.compactMap(MeasuringUnit.named).first
    }

    private var hasSameUnit: Bool {
        guard let unit = value.unit, let wanted = parameterUnit else { return false }
        return unit.dimension == wanted.dimension
    }

    private var isOtherMeasure: Bool {
        guard let unit = value.unit, let wanted = parameterUnit else { return false }
        return unit.dimension != wanted.dimension
    }

    private func suitsSign(_ sign: Literal.NumberUnit) -> Bool {
        switch sign {
        case .none: true
        case .percent: parameter.type != .money && parameterUnit == nil
        case .money: parameter.type != .percentage && parameterUnit == nil
        }
    }

    private func suitsInteger(_ number: Double) -> Bool {
        parameter.jsonType != "integer" || number == number.rounded() || value.unit != nil
    }

    // MARK: - Text

    /// Text without a type that asks for something else.
    private var isPlainText: Bool {
        parameter.type == nil || [.text, .document, .list, .secret, .identifier].contains(parameter.type)
    }

    static func isSame(_ choice: String, _ text: String) -> Bool { choice.lowercased() == text.lowercased() }
}
