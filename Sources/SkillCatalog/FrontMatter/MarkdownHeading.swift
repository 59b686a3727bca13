/// A heading of the form `## Title`.
struct MarkdownHeading: Sendable, Hashable {
    /// 1 for `#`, up to 6.
    var level: Int
    var title: String

    /// The heading on a line; nil where the line is none.
    init?(_ line: Substring) {
        let text = line.trimmed
        let marks = text.utf8.prefix { $0 == UInt8(ascii: "#") }.count
        let indentation = line.utf8.prefix { $0 == UInt8(ascii: " ") }.count
        guard (1...6).contains(marks), indentation <= 3, line.utf8.first != UInt8(ascii: "\t") else { return nil }
        let rest = text.dropFirst(marks)
        guard rest.isEmpty || rest.unicodeScalars.first?.properties.isWhitespace == true else { return nil }
        level = marks
        title = String(Self.withoutClosingMarks(rest.trimmed))
    }

    /// The first heading of level 1 with a title, code blocks left out.
    static func first(in text: String) -> (title: String, line: Int)? {
        var fence = CodeFence()
        for line in TextLines(text) where !fence.contains(line.content) {
            if let heading = MarkdownHeading(line.content), heading.level == 1, !heading.title.isEmpty {
                return (heading.title, line.number)
            }
        }
        return nil
    }

    /// `# Title ##` has the title `Title`.
    private static func withoutClosingMarks(_ title: Substring) -> Substring {
        let marks = title.utf8.reversed().prefix { $0 == UInt8(ascii: "#") }.count
        let rest = title.dropLast(marks)
        guard marks > 0, rest.isEmpty || rest.unicodeScalars.last?.properties.isWhitespace == true else { return title }
        return rest.trimmed
    }
}

/// Follows code blocks fenced by three or more backticks or tildes through the lines of a document.
struct CodeFence {
    private var open: (mark: UInt8, count: Int)?

    /// Whether the line is part of a code block, its fences included. Lines must come in order.
    mutating func contains(_ line: Substring) -> Bool {
        let text = line.trimmed.utf8
        let mark = text.first ?? 0
        let count = text.prefix { $0 == mark }.count
        let isFence = (mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~")) && count >= 3
        if let open {
            if isFence, mark == open.mark, count >= open.count, text.count == count { self.open = nil }
            return true
        }
        // A line such as ```code``` opens nothing.
        guard isFence, mark != UInt8(ascii: "`") || !text.dropFirst(count).contains(mark) else { return false }
        open = (mark, count)
        return true
    }
}
