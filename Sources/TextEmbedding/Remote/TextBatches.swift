/// Which texts go to a server together.
enum TextBatches {
    /// Most texts of one call.
    static let mostTexts = 64
    /// Most bytes of one call's texts.
    static let mostBytes = 256 << 10

    /// Ranges of texts, in order.
    static func ranges(_ texts: [String]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        var bytes = 0
        for (index, text) in texts.enumerated() {
            if index > start, index - start == mostTexts || bytes + text.utf8.count > mostBytes {
                ranges.append(start..<index)
                (start, bytes) = (index, 0)
            }
            bytes += text.utf8.count
        }
        if start < texts.count { ranges.append(start..<texts.count) }
        return ranges
    }
}

/// Cuts texts that are too long.
enum TextCut {
    /// The beginning of a text, at most so many bytes of UTF-8, cut between scalars.
    static func cut(_ text: String, to bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: max(0, bytes))
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }
}
