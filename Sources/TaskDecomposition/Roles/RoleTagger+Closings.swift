/// The end of a letter: "Best regards, Anna".
extension RoleTagger {
    /// Drops a closing phrase and the name under it, at the end of a request that says something before.
    mutating func dropClosings() {
        guard let start = segments.indices.last(where: { segments[$0].boundary.startsSentence }), start > 0 else {
            return
        }
        // The name may stand on a line of its own.
        for first in [start, start - 1] where first > 0 && isClosing(segments[first].tokens.lowerBound) {
            for index in first..<segments.count { segments[index].decide(.context, 0.8, .filler) }
            return
        }
    }

    /// From a token to the end there is nothing but a closing phrase and a name.
    private func isClosing(_ start: Int) -> Bool {
        let end = tokens[start...].prefix(Self.mostTokens).firstIndex {
            $0.isPunctuation || endsLine(before: $0, start)
        }
        let phrase = tokens[start..<(end ?? min(tokens.count, start + Self.mostTokens))].map(\.word)
        guard Self.closings.contains(phrase.joined(separator: " ")) else { return false }
        let name = tokens[(start + phrase.count)...].filter { !$0.isPunctuation }
        return name.count <= Self.mostNames && name.allSatisfy { $0.kind == .word && $0.isCapitalized }
    }

    private func endsLine(before token: Token, _ start: Int) -> Bool {
        token.isAfterLineBreak && token.span.lowerBound > tokens[start].span.lowerBound
    }

    private static let mostTokens = 5
    private static let mostNames = 3

    private static let closings: Set<String> = [
        "best", "best regards", "kind regards", "warm regards", "regards", "best wishes", "all the best", "sincerely",
        "sincerely yours", "yours sincerely", "yours", "yours truly", "cheers", "thanks", "many thanks", "thank you",
        "thanks in advance", "love",
    ]
}
