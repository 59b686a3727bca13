/// Finds the markers of numbered and bulleted lists: `1.`, `2)`, `(3)`, `a)`, `-`, `*`, `•`, `Step 4:`.
struct ListMarkerScanner {
    private let tokens: [Token]
    private let bytes: [UInt8]

    /// For each marker the tokens it is made of, in order.
    static func scan(_ tokens: [Token], of bytes: [UInt8]) -> [Range<Int>] {
        ListMarkerScanner(tokens: tokens, bytes: bytes).scan()
    }

    private func scan() -> [Range<Int>] {
        var markers: [Range<Int>] = []
        var expected = 1
        var index = 0
        while index < tokens.count {
            if let marker = bullet(at: index) {
                markers.append(marker)
                index = marker.upperBound
            } else if let (number, marker) = numbered(at: index), startsLine(index) || number == expected {
                markers.append(marker)
                expected = number + 1
                index = marker.upperBound
            } else {
                index += 1
            }
        }
        return hasList(markers) ? markers : []
    }

    /// One number in a running text is no list.
    private func hasList(_ markers: [Range<Int>]) -> Bool {
        markers.count >= 2 || markers.first.map { startsLine($0.lowerBound) } ?? false
    }

    private func startsLine(_ index: Int) -> Bool { index == 0 || tokens[index].isAfterLineBreak }

    private func bullet(at index: Int) -> Range<Int>? {
        let token = tokens[index]
        guard case .punctuation(let mark) = token.kind, Self.bullets.contains(mark) else { return nil }
        guard index + 1 < tokens.count, tokens[index + 1].isAfterSpace, !tokens[index + 1].isAfterLineBreak else {
            return nil
        }
        guard startsLine(index) || mark == "\u{2022}" else { return nil }
        return index..<(index + 1)
    }

    private static let bullets: Set<Unicode.Scalar> = [
        "-", "*", "+", "\u{2022}", "\u{2023}", "\u{25E6}", "\u{2043}", "\u{2013}", "\u{2014}", "\u{00B7}", "\u{25AA}",
    ]

    private func numbered(at index: Int) -> (number: Int, marker: Range<Int>)? {
        var place = index
        if ["step", "task"].contains(tokens[index].word) { place += 1 }
        guard place < tokens.count, tokens[place].isAfterSpace else { return nil }
        if let number = bracketedNumber(tokens[place]) { return (number, index..<(place + 1)) }
        guard place + 2 < tokens.count, let number = number(tokens[place].span) else { return nil }
        let end = tokens[place + 1]
        // A letter with a dot is an initial or the end of a sentence.
        let isDotted = end.isMark(".") && tokens[place].kind == .number
        let isMarker = isDotted || end.isMark(")") || (place > index && end.isMark(":"))
        guard isMarker, !end.isAfterSpace, tokens[place + 2].isAfterSpace else { return nil }
        return (number, index..<(place + 2))
    }

    /// `(3)`, which the scanner has protected as a bracket.
    private func bracketedNumber(_ token: Token) -> Int? {
        guard token.kind == .protected, bytes[token.span.lowerBound] == UInt8(ascii: "("), token.span.count > 2 else {
            return nil
        }
        return number((token.span.lowerBound + 1)..<(token.span.upperBound - 1))
    }

    /// One or two digits, or one letter from `a` on.
    private func number(_ span: Range<Int>) -> Int? {
        guard span.count <= 2 else { return nil }
        if span.count == 1, 0x61...0x7A ~= bytes[span.lowerBound] { return Int(bytes[span.lowerBound]) - 0x60 }
        var value = 0
        for byte in bytes[span] {
            guard 0x30...0x39 ~= byte else { return nil }
            value = value * 10 + Int(byte) - 0x30
        }
        return value
    }
}
