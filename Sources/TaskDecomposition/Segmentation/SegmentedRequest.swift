/// A request with everything that splitting it found out: data to look at, and to learn from.
package struct SegmentedRequest: Sendable {
    package let text: String
    package let tokens: [Token]
    package var segments: [Segment]
    package var language: RequestLanguage

    /// The words of a segment as the request has them.
    package func text(of segment: Segment) -> Substring { text(of: segment.span) }

    /// The part of the request in a range of bytes that lies on scalar boundaries.
    package func text(of span: Range<Int>) -> Substring {
        let utf8 = text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: span.lowerBound)
        return text[start..<utf8.index(start, offsetBy: span.count)]
    }

    /// The bytes from the first to the last of some tokens; nil when there are none.
    package func span(of range: Range<Int>) -> Range<Int>? {
        guard let last = range.last else { return nil }
        return tokens[range.lowerBound].span.lowerBound..<tokens[last].span.upperBound
    }
}
