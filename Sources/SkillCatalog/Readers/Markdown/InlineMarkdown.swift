/// Links, pictures and emphasis inside a line of Markdown.
///
/// Works on an array of scalars, so that positions are cheap. Every search ends at a bound of length and of nesting, so
/// that a line of nothing but brackets costs little more than its length.
enum InlineMarkdown {
    struct Link: Sendable, Hashable {
        /// Between the square brackets, as written.
        var text: String
        /// Between the round brackets, without a title.
        var url: String
        /// Position after the link.
        var end: Int

        /// Whether it leads to another site, not to a place in the document or to a file beside it.
        var isWeb: Bool {
            let start = url.prefix(8).lowercased()
            return (start.hasPrefix("https://") || start.hasPrefix("http://")) && url.utf8.count > 8
        }
    }

    /// Longest text or address of a link, in scalars.
    private static let maximumSpan = 2_048
    /// Deepest nesting of brackets in the text or address of a link.
    private static let maximumNesting = 16

    /// The link whose `[` is at a position; nil where there is none, as in `[x] done`.
    static func link(_ text: [Unicode.Scalar], at position: Int) -> Link? {
        guard
            position < text.count, text[position] == "[",
            let textEnd = closing(text, from: position, open: "[", close: "]"),
            textEnd + 1 < text.count, text[textEnd + 1] == "(",
            let end = closing(text, from: textEnd + 1, open: "(", close: ")")
        else { return nil }
        let target = string(text[(textEnd + 2)..<end]).trimmed
        // A title may follow: (https://example.com "Title").
        var url = target.prefix { !$0.isWhitespace }
        if url.first == "<", url.last == ">" { url = url.dropFirst().dropLast() }
        return Link(text: string(text[(position + 1)..<textEnd]), url: String(url), end: end + 1)
    }

    /// Whether a link at a position shows a picture instead of words, as badges do.
    static func isLinkedImage(_ text: [Unicode.Scalar], at position: Int) -> Bool {
        position + 1 < text.count && text[position] == "[" && text[position + 1] == "!"
    }

    /// Position after a picture, a linked picture or an HTML tag; nil where none begins.
    static func skipImageOrTag(_ text: [Unicode.Scalar], at position: Int) -> Int? {
        guard position + 1 < text.count else { return nil }
        switch text[position] {
        case "!": return link(text, at: position + 1)?.end
        case "[" where text[position + 1] == "!": return link(text, at: position)?.end
        case "<":
            let next = text[position + 1]
            guard next.isASCII, next.properties.isAlphabetic || next == "/" || next == "!" else { return nil }
            let bound = min(position + maximumSpan, text.count)
            let end = text[(position + 1)..<bound].firstIndex { $0 == ">" || $0 == "<" }
            return end.flatMap { text[$0] == ">" ? $0 + 1 : nil }
        default: return nil
        }
    }

    /// The words a reader sees: links by their text, without pictures, tags, bold print and code marks; one line.
    static func plainText(_ markdown: String) -> String {
        CleanedText.label(plain(Array(markdown.unicodeScalars)))
    }

    private static func plain(_ text: [Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        var position = 0
        while position < text.count {
            if let end = skipImageOrTag(text, at: position) {
                position = end
            } else if let link = link(text, at: position) {
                // The text of a link holds no further link, but may hold emphasis.
                result.append(contentsOf: withoutEmphasis(link.text).unicodeScalars)
                position = link.end
            } else if let width = emphasis(text, at: position) {
                position += width
            } else {
                result.append(text[position])
                position += 1
            }
        }
        return String(result)
    }

    private static func withoutEmphasis(_ markdown: String) -> String {
        let text = Array(markdown.unicodeScalars)
        var result = String.UnicodeScalarView()
        var position = 0
        while position < text.count {
            if let width = emphasis(text, at: position) {
                position += width
            } else {
                result.append(text[position])
                position += 1
            }
        }
        return String(result)
    }

    /// Scalars of a mark of bold print or code at a position. Single stars and underscores stay: names hold them.
    private static func emphasis(_ text: [Unicode.Scalar], at position: Int) -> Int? {
        if text[position] == "`" { return 1 }
        guard text[position] == "*", position + 1 < text.count, text[position + 1] == "*" else { return nil }
        return 2
    }

    private static func closing(
        _ text: [Unicode.Scalar],
        from start: Int,
        open: Unicode.Scalar,
        close: Unicode.Scalar
    ) -> Int? {
        var depth = 0
        for position in start..<min(start + maximumSpan, text.count) {
            if text[position] == open {
                depth += 1
                if depth > maximumNesting { return nil }
            }
            if text[position] == close {
                depth -= 1
                if depth == 0 { return position }
            }
        }
        return nil
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}
