/// The lines of a text, with their numbers and places.
///
/// Works on bytes: as characters, a carriage return and the line feed after it would be one, and no line end.
struct TextLines: Sequence, IteratorProtocol {
    struct Line {
        /// The line without its ending.
        var content: Substring
        /// From 1.
        var number: Int
        /// Where the line starts.
        var start: String.Index
        /// Where the next line starts.
        var end: String.Index

        /// The line without white space at either end.
        var trimmed: Substring { content.trimmed }

        var isBlank: Bool { trimmed.isEmpty }
    }

    private let text: String
    private var position: String.Index
    private var number = 0

    init(_ text: String) {
        self.text = text
        position = text.startIndex
    }

    mutating func next() -> Line? {
        guard position < text.endIndex else { return nil }
        let start = position
        let lineFeed = text.utf8[start...].firstIndex(of: UInt8(ascii: "\n"))
        position = lineFeed.map { text.utf8.index(after: $0) } ?? text.endIndex
        number += 1
        var content = text[start..<(lineFeed ?? text.endIndex)]
        if content.utf8.last == UInt8(ascii: "\r") {
            content = content[..<content.utf8.index(before: content.endIndex)]
        }
        return Line(content: content, number: number, start: start, end: position)
    }
}

extension Substring {
    /// Without white space at either end.
    var trimmed: Substring {
        var scalars = unicodeScalars
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return Substring(scalars)
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String { String(self[...].trimmed) }
}
