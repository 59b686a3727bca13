/// What one segment looks like, as numbers: its boundary, its role by the rules, its cues and its first words.
///
/// Nothing in them depends on what the words mean, so that a model which learns from them meets few surprises in another
/// domain.
struct SegmentTraits {
    /// Numbers in one list of traits.
    static let count = 62

    private let request: SegmentedRequest

    init(_ request: SegmentedRequest) { self.request = request }

    /// Appends `count` numbers; zeros where there is no such segment.
    func append(_ index: Int?, to values: inout [Float]) {
        guard let index, request.segments.indices.contains(index) else {
            values.append(contentsOf: repeatElement(0, count: Self.count))
            return
        }
        let start = values.count
        let segment = request.segments[index]
        appendFrame(segment, to: &values)
        appendFirstWords(segment, to: &values)
        appendBody(segment, to: &values)
        appendEnd(index, to: &values)
        assert(values.count - start == Self.count, "traits must match their number")
    }

    private func appendFrame(_ segment: Segment, to values: inout [Float]) {
        values.append(1)
        values.append(Float(segment.boundary.rawValue))
        values.append(segment.connective.map { Float(1 + (Connective.allCases.firstIndex(of: $0) ?? 0)) } ?? 0)
        for role in SegmentRole.allCases { values.append(segment.role == role ? 1 : 0) }
        values.append(Float(segment.role == .action ? segment.confidence : -segment.confidence))
        for bit in 0..<24 { values.append(segment.cues.rawValue >> UInt32(bit) & 1 == 1 ? 1 : 0) }
        values.append(Float(min(segment.body.count, 24)))
        values.append(Float(min(segment.head - segment.tokens.lowerBound, 8)))
    }

    private func appendFirstWords(_ segment: Segment, to values: inout [Float]) {
        let head = segment.body.isEmpty ? nil : request.tokens[segment.head]
        let next = segment.body.count > 1 ? request.tokens[segment.head + 1] : nil
        let isPlainWord = head.map { $0.kind == .word && $0.classes.isEmpty && $0.verbForm == nil } ?? false
        values.append(flags: [
            head?.classes.contains(.verb), head?.classes.contains(.nounVerb), head?.classes.contains(.mostlyNoun),
            head?.isAny(of: .closed), isPlainWord, head?.isLiteral, head?.verbForm == .gerund,
            head?.verbForm == .participle, head?.isCapitalized, next?.isAny(of: [.determiner, .objectPronoun]),
            next?.isAny(of: [.preposition, .particle]), next?.isLiteral, next?.isCapitalized,
            next.map { $0.kind == .word && Inflection.isPlural($0.word) }, next?.isAny(of: [.auxiliary, .subject]),
        ])
    }

    private func appendBody(_ segment: Segment, to values: inout [Float]) {
        let rest = request.tokens[segment.body].dropFirst()
        values.append(Float(min(rest.count { $0.classes.contains(.verb) }, 3)))
        values.append(Float(min(rest.count { $0.classes.contains(.preposition) }, 5)))
        values.append(Float(min(request.tokens[segment.tokens].count(where: \.isLiteral), 5)))
        values.append(flags: [
            rest.contains { $0.classes.contains(.subject) }, rest.contains { $0.classes.contains(.auxiliary) },
            rest.contains { $0.classes.contains(.outcome) },
            rest.contains { $0.isAny(of: [.questionWord, .subordinator]) },
            rest.contains { $0.word == "it" || $0.word == "them" },
            zip(rest, rest.dropFirst()).contains { $0.word == "to" && $1.isAny(of: .anyVerb) },
            rest.contains { $0.classes.contains(.announcement) },
        ])
    }

    private func appendEnd(_ index: Int, to values: inout [Float]) {
        let segment = request.segments[index]
        let next = index + 1 < request.segments.count ? request.segments[index + 1] : nil
        let end = segment.tokens.upperBound
        values.append(flags: [
            end < request.tokens.count && request.tokens[end].isMark("?"),
            next.map { $0.boundary.startsSentence } ?? true,
        ])
    }
}

extension [Float] {
    /// Appends 1 for what is true and 0 for what is not, or not there.
    mutating func append(flags: [Bool?]) {
        for flag in flags { append(flag == true ? 1 : 0) }
    }
}
