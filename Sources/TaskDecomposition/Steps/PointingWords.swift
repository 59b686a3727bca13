/// Puts in full what points back by other words than a pronoun: "that file", "there", "the former", "the results".
enum PointingWords {
    static func resolve(_ drafts: inout [StepDraft], in request: SegmentedRequest) {
        guard request.language == .english else { return }
        for index in drafts.indices {
            let segment = request.segments[drafts[index].group.head]
            guard segment.role == .action else { continue }
            let taken = drafts[index].replacements.map(\.span)
            for found in replacements(for: index, drafts, segment, request)
            where !taken.contains(where: { $0.overlaps(found.span) }) {
                drafts[index].replacements.append(found)
            }
        }
    }

    private typealias Replacement = (span: Range<Int>, text: String)

    private static func replacements(
        for index: Int,
        _ drafts: [StepDraft],
        _ segment: Segment,
        _ request: SegmentedRequest
    ) -> [Replacement] {
        var found: [Replacement] = []
        for place in segment.body.dropFirst() {
            let next = place + 1 < segment.tokens.upperBound ? request.tokens[place + 1] : nil
            switch (request.tokens[place].word, next?.word) {
            case ("that", let noun?), ("this", let noun?), ("those", let noun?), ("these", let noun?):
                guard let text = named(noun, before: index, drafts), let span = request.span(of: place..<(place + 2))
                else { continue }
                let isPhraseEnd = place + 2 == segment.tokens.upperBound || !request.tokens[place + 2].continuesNoun
                if isPhraseEnd { found.append((span, text)) }
            case ("there", _):
                if let text = self.place(before: index, drafts, segment, place, request) {
                    found.append((request.tokens[place].span, text))
                }
            case ("the", "former"), ("the", "latter"):
                guard index > 0, let pair = CoordinatedObjects(of: drafts[index - 1].group, in: request)?.items,
                    pair.count == 2, let span = request.span(of: place..<(place + 2))
                else { continue }
                found.append((span, String(request.text(of: next?.word == "former" ? pair[0] : pair[1]))))
            case ("the", "results"):
                guard index > 0, let end = request.span(of: place..<(place + 2)),
                    let topic = topic(ofSearch: request.segments[drafts[index - 1].group.head], request)
                else { continue }
                found.append((end, "the results for " + topic))
            default: continue
            }
        }
        return found
    }

    /// What an earlier step works on, the nearest first, if it is called by that noun.
    private static func named(_ noun: String, before index: Int, _ drafts: [StepDraft]) -> String? {
        guard !noun.isEmpty else { return nil }
        return drafts[..<index].reversed().lazy.compactMap(\.object).first { object in
            object.base.lowercased().split(separator: " ").contains { $0 == noun }
        }?.named
    }

    /// "search the web for electric cars": what is looked for, without what is said about it.
    private static func topic(ofSearch segment: Segment, _ request: SegmentedRequest) -> String? {
        guard segment.head < segment.tokens.upperBound,
            ["search", "query", "google"].contains(request.tokens[segment.head].word),
            let place = segment.body.first(where: { request.tokens[$0].word == "for" }),
            let phrase = NounPhrase(in: request.tokens[(place + 1)..<segment.tokens.upperBound]),
            let span = request.span(of: phrase.base)
        else { return nil }
        return String(request.text(of: span))
    }
}

// MARK: - Places

extension PointingWords {
    /// "in Lisbon", where the request has named one place only and the step does something in it.
    private static func place(
        before index: Int,
        _ drafts: [StepDraft],
        _ segment: Segment,
        _ pronoun: Int,
        _ request: SegmentedRequest
    ) -> String? {
        let tokens = request.tokens
        let before = tokens[pronoun - 1]
        // "is there a …", "how do I get there", "near there".
        guard !before.isAny(of: [.auxiliary, .preposition]), !movements.contains(before.word) else { return nil }
        if pronoun + 1 < segment.tokens.upperBound, tokens[pronoun + 1].classes.contains(.auxiliary) { return nil }
        var names: [String] = []
        var rivals = 0
        for place in tokens[..<segment.head].indices where tokens[place].classes.contains(.preposition) {
            guard place + 1 < segment.head else { continue }
            let name = properName(from: place + 1, to: segment.head, tokens)
            if let span = name.flatMap(request.span(of:)), directions.contains(tokens[place].word) {
                let text = String(request.text(of: span))
                if !names.contains(text) { names.append(text) }
            } else if whereabouts.contains(tokens[place].word) {
                rivals += 1
            }
        }
        guard names.count == 1, rivals == 0 else { return nil }
        return "in " + names[0]
    }

    private static let movements: Set<String> = ["get", "go", "travel", "drive", "fly", "walk", "be", "from"]
    private static let directions: Set<String> = ["in", "to"]
    private static let whereabouts: Set<String> = ["at", "near", "around", "from", "on", "within", "inside", "along"]
    private static let notPlaces: Set<String> = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "english", "german",
        "french", "spanish", "italian", "chinese", "japanese", "portuguese", "russian", "arabic",
    ]

    /// Capitalised words in a row.
    private static func properName(from start: Int, to end: Int, _ tokens: [Token]) -> Range<Int>? {
        var place = start
        while place < end, tokens[place].kind == .word, tokens[place].isCapitalized, place - start < 4,
            place == start || tokens[place - 1].span.upperBound + 1 == tokens[place].span.lowerBound,
            !notPlaces.contains(tokens[place].word)
        {
            place += 1
        }
        return place > start ? start..<place : nil
    }
}

extension Token {
    /// Would make a longer noun phrase of the one before it: "that file name".
    fileprivate var continuesNoun: Bool {
        kind == .word && classes.isDisjoint(with: [.preposition, .conjunction, .adverb, .determiner, .auxiliary])
    }
}
