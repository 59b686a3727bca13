/// Cuts a text into the pieces that Qwen's vocabulary was trained on; no token reaches across two of them.
///
/// Equal to the pattern that comes with the vocabulary, tried in this order at each place: an English contraction;
/// letters, with one sign or space before them; one digit; signs, with one space before them and line breaks after
/// them; white space up to its last line break; white space, without its last character where a word follows.
struct PieceScanner {
    private var position: Int
    private let end: Int

    /// - Parameter range: the part of the text to cut; its bounds count as the bounds of the text.
    init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next piece, as a range of bytes; nil at the end.
    mutating func next(in text: Span<UInt8>) -> Range<Int>? {
        guard position < end else { return nil }
        let start = position
        position = pieceEnd(in: text)
        return start..<position
    }

    private func pieceEnd(in text: Span<UInt8>) -> Int {
        if let end = contractionEnd(in: text) { return end }
        let first = PieceClass.of(text, at: position)
        let second = first.end < end ? PieceClass.of(text, at: first.end) : nil
        switch first.kind {
        case .letter:
            return endOfRun(of: .letter, in: text, from: first.end)
        case .number:
            return first.end
        case .sign, .space:
            if second?.kind == .letter { return endOfRun(of: .letter, in: text, from: first.end) }
            if first.kind == .sign || (text[position] == UInt8(ascii: " ") && second?.kind == .sign) {
                let signs = endOfRun(of: .sign, in: text, from: first.end)
                return endOfRun(of: .lineBreak, in: text, from: signs)
            }
        case .lineBreak: break
        }
        return spaceEnd(in: text)
    }

    private func endOfRun(of kind: PieceClass.Kind, in text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < end {
            let scalar = PieceClass.of(text, at: index)
            if scalar.kind != kind { break }
            index = scalar.end
        }
        return index
    }

    private func spaceEnd(in text: Span<UInt8>) -> Int {
        var index = position
        var lastStart = position
        var lineBreakEnd: Int?
        while index < end {
            let scalar = PieceClass.of(text, at: index)
            guard scalar.kind == .space || scalar.kind == .lineBreak else { break }
            lastStart = index
            index = scalar.end
            if scalar.kind == .lineBreak { lineBreakEnd = index }
        }
        if let lineBreakEnd { return lineBreakEnd }
        return index < end && lastStart > position ? lastStart : index
    }

    /// End of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` in either case; the long s counts as an s.
    private func contractionEnd(in text: Span<UInt8>) -> Int? {
        guard text[position] == UInt8(ascii: "'"), position + 1 < end else { return nil }
        let first = text[position + 1]
        let second = position + 2 < end ? text[position + 2] : 0
        // Setting this bit makes an ASCII letter lower case, and nothing else into one of these letters.
        switch (first | 0x20, second | 0x20) {
        case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "d"), _):
            return position + 2
        case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
            (UInt8(ascii: "l"), UInt8(ascii: "l")):
            return position + 3
        default:
            let isLongS = first == 0xC5 && second == 0xBF
            return isLongS ? position + 3 : nil
        }
    }
}
