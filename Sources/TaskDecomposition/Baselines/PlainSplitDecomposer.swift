import SkillRetrieval

/// Splits at commas, "and" and "then", whatever they join: the baseline every decomposer has to beat.
///
/// Quoted text is left whole, and a piece of fewer than four letters is not a step of its own.
public struct PlainSplitDecomposer: Decomposer {
    public let name = "plain-split"

    private static let fewestLetters = 4

    public init() {}

    /// - Throws: `DecompositionError` when the request is empty or over the limit.
    public func decompose(_ request: String) async throws -> Decomposition {
        try DecompositionError.check(request)
        let split = FineSplit.tokens(of: request)
        var pieces: [Range<Int>] = []
        var start = 0
        for (index, token) in split.tokens.enumerated() where isSeparator(token) {
            append(start..<index, of: split, to: &pieces)
            start = index + 1
        }
        append(start..<split.tokens.count, of: split, to: &pieces)
        guard !pieces.isEmpty else { return Decomposition(subtasks: [.whole(request, confidence: 0.5)]) }
        return decomposition(pieces, split)
    }

    private func isSeparator(_ token: Token) -> Bool {
        token.isMark(",") || token.word == "and" || token.word == "then"
    }

    private func append(_ range: Range<Int>, of split: SegmentedRequest, to pieces: inout [Range<Int>]) {
        var range = range
        while let last = range.last, split.tokens[last].isCuttingMark { range = range.dropLast() }
        guard let span = split.span(of: range), span.count >= Self.fewestLetters else { return }
        pieces.append(span)
    }

    private func decomposition(_ pieces: [Range<Int>], _ split: SegmentedRequest) -> Decomposition {
        let subtasks = pieces.prefix(DecompositionLimits.maximumSteps).enumerated().map { index, span in
            Subtask(id: "s\(index + 1)", text: String(split.text(of: span)), span: span, confidence: 0.5)
        }
        return Decomposition(subtasks: subtasks, diagnostics: DecompositionLimits.diagnostics(steps: pieces.count))
    }
}
