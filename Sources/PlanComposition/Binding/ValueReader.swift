import SkillCatalog

/// Finds the values that stand in the words of a step.
struct ValueReader {
    private let words: [RequestToken]
    /// Stems of the tool's own vocabulary: `SMS` is no name where the tool sends SMS.
    private let toolStems: Set<String>

    /// The values of a step, in order.
    ///
    /// - Parameters:
    ///   - lists: values joined by commas and "and" are one list; otherwise each stands for itself.
    ///   - toolStems: words of the tool's name and description, which are no names of things.
    static func values(in words: [RequestToken], lists: Bool, toolStems: Set<String> = []) -> [SpokenValue] {
        ValueReader(words: words, toolStems: toolStems).read(lists)
    }

    private struct Found {
        var element: SpokenValue.Element
        var range: Range<Int>
        var unit: MeasuringUnit?
        var counted: String?
    }

    private func read(_ lists: Bool) -> [SpokenValue] {
        var found: [Found] = []
        var index = 0
        while index < words.count {
            if let value = value(at: index) {
                found.append(value)
                index = value.range.upperBound
            } else {
                index += 1
            }
        }
        return joined(datesWithTimes(found), lists).enumerated().map { place, group in
            let start = group.first?.range.lowerBound ?? 0
            let end = group.last?.range.upperBound ?? 0
            let all = found.map(\.range)
            return SpokenValue(
                elements: group.map(\.element),
                before: context(before: start, values: all),
                after: context(behind: end, values: all),
                unit: group.first?.unit,
                counted: group.first?.counted,
                position: start
            )
        }
    }

    // MARK: - Single values

    private func value(at index: Int) -> Found? {
        let token = words[index]
        // `'name':` is a key, not a value.
        if token.literal != nil, index + 1 < words.count, words[index + 1].mark == ":" { return nil }
        if let (date, length) = CalendarDate.read(words[index...]) {
            let end = index + length
            let text = words[index..<end].map(\.written).joined(separator: " ")
            return Found(element: .init(kind: .date(date), text: text), range: index..<end)
        }
        if let literal = token.literal { return self.literal(literal, at: index) }
        guard token.isWord else { return nil }
        if let measured = joinedNumber(at: index) { return measured }
        if let language = ValueLexicon.languages[token.text], token.isProperName || isTarget(index) {
            return Found(element: .init(kind: .language(language), text: token.written), range: index..<index + 1)
        }
        if let code = ValueLexicon.currency(token.text, before: index > 0 ? words[index - 1].text : nil),
            token.text.count > 3 || token.written.first?.isUppercase == true
        {
            return Found(element: .init(kind: .currency(code), text: token.written), range: index..<index + 1)
        }
        if let number = ValueLexicon.numbers[token.text], let unit = unit(at: index + 1) {
            return Found(
                element: .init(kind: .number(number, .none), text: token.written),
                range: index..<index + 1,
                unit: unit
            )
        }
        // "the last three commits", but "the three of us".
        if let number = ValueLexicon.numbers[token.text], let counted = counted(behind: index), follows(index) {
            return Found(
                element: .init(kind: .number(number, .none), text: token.written),
                range: index..<index + 1,
                counted: counted
            )
        }
        return name(at: index)
    }

    /// Stem of the plural noun that a number counts, with at most two words between.
    private func counted(behind index: Int) -> String? {
        let run = words[(index + 1)...].prefix(3).prefix {
            $0.isWord && !EnglishWords.functionWords.contains($0.text)
        }
        return run.first { $0.text.hasSuffix("s") && !$0.text.hasSuffix("ss") && MeasuringUnit.named($0.text) == nil }?
            .stem
    }

    /// A word such as "last" or "top" stands before a number or directly behind it.
    private func follows(_ index: Int) -> Bool {
        let near = [index - 1, index + 1].filter(words.indices.contains)
        return near.contains { Self.rankingWords.contains(words[$0].text) }
    }

    private static let rankingWords = EnglishWords.words(
        "last first top latest newest next past previous recent most oldest biggest largest best"
    )

    private func literal(_ literal: Literal, at index: Int) -> Found? {
        let text = words[index].text
        var element = SpokenValue.Element(kind: .quoted, text: text)
        var unit: MeasuringUnit?
        var counted: String?
        // `'https://…'` is an address, quoted or not; `'*.csv'` is a pattern and no path.
        let isPlain = !text.contains { $0 == " " || $0 == "*" }
        let inner = literal == .quoted && isPlain ? LiteralReader.read(text) ?? .quoted : literal
        switch inner {
        case .quoted: element.kind = CalendarDate(iso: text).map { .date($0) } ?? .quoted
        case .url: element.kind = .url
        case .emailAddress: element.kind = .emailAddress
        case .path: element.kind = .path
        case .date: element.kind = CalendarDate(iso: text).map { .date($0) } ?? .quoted
        case .time: element.kind = ClockTime(text).map { .time($0) } ?? .code
        case .phoneNumber: element.kind = .phoneNumber
        case .code:
            return joinedNumber(at: index) ?? Found(element: .init(kind: .code, text: text), range: index..<index + 1)
        case .number(let value, let sign):
            if sign == .none, let time = spokenTime(at: index) { return time }
            element.kind = .number(value, sign)
            unit = self.unit(at: index + 1)
            if sign == .none { counted = self.counted(behind: index) }
        }
        return Found(element: element, range: index..<index + 1, unit: unit, counted: counted)
    }

    /// "9 pm".
    private func spokenTime(at index: Int) -> Found? {
        guard index + 1 < words.count, words[index + 1].text == "am" || words[index + 1].text == "pm",
            let time = ClockTime(words[index].text + words[index + 1].text)
        else { return nil }
        return Found(element: .init(kind: .time(time), text: time.text), range: index..<index + 2)
    }

    /// "5-year", "30-minute".
    private func joinedNumber(at index: Int) -> Found? {
        let parts = words[index].text.split(separator: "-")
        guard parts.count == 2, let number = Double(String(parts[0])) ?? ValueLexicon.numbers[String(parts[0])],
            let unit = MeasuringUnit.named(String(parts[1]))
        else { return nil }
        let element = SpokenValue.Element(kind: .number(number, .none), text: String(parts[0]))
        return Found(element: element, range: index..<index + 1, unit: unit)
    }

    private func unit(at index: Int) -> MeasuringUnit? {
        guard index < words.count, words[index].isWord else { return nil }
        return MeasuringUnit.named(words[index].text)
    }

    /// "to french" in small letters.
    private func isTarget(_ index: Int) -> Bool {
        index > 0 && ["to", "into", "in", "from"].contains(words[index - 1].text)
    }

    /// "New York", "Sarah Lee", "Apple Inc".
    private func name(at index: Int) -> Found? {
        guard isName(index) else { return nil }
        var end = index + 1
        while end < words.count,
            isName(end) || (words[end].mark == "." && isInitial(end - 1) && end + 1 < words.count && isName(end + 1))
        {
            end += 1
        }
        let text = words[index..<end].filter(\.isWord).map(\.written).joined(separator: " ")
        return Found(element: .init(kind: .name, text: text), range: index..<end)
    }

    private func isInitial(_ index: Int) -> Bool { words[index].text.count == 1 }

    private func isName(_ index: Int) -> Bool {
        let token = words[index]
        guard token.isWord, token.isProperName, !EnglishWords.functionWords.contains(token.text) else { return false }
        return !toolStems.contains(token.stem) || words[max(0, index - 1)].isProperName && index > 0
    }

    // MARK: - Several values

    /// A day and the time behind it are one moment; further times are of the same day.
    private func datesWithTimes(_ found: [Found]) -> [Found] {
        var result: [Found] = []
        var day: CalendarDate?
        for var value in found {
            switch value.element.kind {
            case .date(let date): day = date.time == nil ? date : nil
            case .time(let time):
                guard var moment = day else { break }
                moment.time = time
                if let last = result.last, case .date(let before) = last.element.kind, before.time == nil,
                    value.range.lowerBound - last.range.upperBound <= 2
                {
                    let text = words[last.range.lowerBound..<value.range.upperBound].map(\.written).joined(
                        separator: " "
                    )
                    value.range = last.range.lowerBound..<value.range.upperBound
                    value.element.text = text
                    result.removeLast()
                }
                value.element.kind = .date(moment)
            default: break
            }
            result.append(value)
        }
        return result
    }

    private func joined(_ found: [Found], _ lists: Bool) -> [[Found]] {
        guard lists else { return found.map { [$0] } }
        var groups: [[Found]] = []
        for value in found {
            if let last = groups.last?.last, isJoined(last, value) {
                groups[groups.count - 1].append(value)
            } else {
                groups.append([value])
            }
        }
        return groups
    }

    /// Only commas, "and" and "or" between them, or brackets of a list.
    private func isJoined(_ first: Found, _ second: Found) -> Bool {
        let between = words[first.range.upperBound..<max(first.range.upperBound, second.range.lowerBound)]
        guard !between.isEmpty else { return false }
        switch (first.element.kind, second.element.kind) {
        case (.number, .quoted), (.quoted, .number), (.date, _), (_, .date): return false
        default: return between.allSatisfy { $0.mark == "," || $0.text == "and" || $0.text == "or" }
        }
    }

    // MARK: - Words around

    private func context(before index: Int, values: [Range<Int>]) -> [String] {
        var stems: [String] = []
        var place = index - 1
        while place >= 0, stems.count < 6, !values.contains(where: { $0.contains(place) }) {
            if words[place].mark == ",", !stems.isEmpty { break }
            if words[place].isWord { stems.append(words[place].stem) }
            place -= 1
        }
        // "between A and B" is "from A to B".
        if stems.first == "between" { stems[0] = "from" }
        if stems == ["and"] { stems = ["to"] }
        return stems
    }

    private func context(behind index: Int, values: [Range<Int>]) -> [String] {
        var stems: [String] = []
        for place in index..<max(index, min(words.count, index + 4)) {
            guard words[place].isWord, !values.contains(where: { $0.contains(place) }) else { break }
            // "'car' as the mode of transport", but "5% for two years".
            if stems.isEmpty, words[place].text == "as" || words[place].text == "the" { continue }
            if EnglishWords.functionWords.contains(words[place].text), words[place].text != "of" { break }
            stems.append(words[place].stem)
        }
        return stems
    }
}
