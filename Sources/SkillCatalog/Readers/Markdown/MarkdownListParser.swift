/// One entry of a curated list, as it is written.
struct MarkdownListEntry: Sendable, Hashable {
    /// Emoji before the link, where there are any.
    var marks: String
    /// The text of the link.
    var title: String
    var url: String
    /// What follows the link: badges, emoji, description.
    var text: String
    /// Title of the section, without emoji and anchors.
    var section: String?
    /// Line of the file, from 1.
    var line: Int
}

/// Finds the entries of a curated list, line by line.
struct MarkdownListParser {
    /// Titles, or beginnings of titles, of sections of level 1 and 2 that hold no skills.
    private static let excludedSections = [
        "what is", "client", "tutorial", "communit", "legend", "framework", "tips", "star history", "content",
        "table of content", "contribut", "license", "sponsor", "acknowledg", "related",
    ]

    /// Longest description that lines are joined to, in bytes.
    private static let maximumTextBytes = 16 * 1024

    /// What the emoji mean, as far as the list has explained them.
    private(set) var legend = EmojiLegend()
    private var section: String?
    /// Level of the excluded heading the lines stand under.
    private var excludedLevel: Int?
    private var isLegend = false
    private var fence = CodeFence()
    private var isComment = false
    private var pending: MarkdownListEntry?

    /// Takes the next line; the entry that it ends, where it ends one.
    mutating func consume(_ text: String, number: Int) -> MarkdownListEntry? {
        let line = text[...]
        if fence.contains(line) || comment(line) { return finish() }
        if let heading = MarkdownHeading(line) {
            enter(heading)
            return finish()
        }
        if isLegend { legend.learn(line) }
        guard excludedLevel == nil else { return finish() }
        if let item = MarkdownItem(line) {
            let finished = finish()
            pending = item.entry(section: section, line: number)
            return finished
        }
        return continuation(line) ? nil : finish()
    }

    /// The entry that was being read at the end of the file.
    mutating func finish() -> MarkdownListEntry? {
        defer { pending = nil }
        return pending
    }

    /// An indented line below an entry belongs to its description.
    private mutating func continuation(_ line: Substring) -> Bool {
        let text = line.trimmed
        guard
            let count = pending?.text.utf8.count, count + text.utf8.count < Self.maximumTextBytes,
            !text.isEmpty, text.startIndex > line.startIndex
        else { return false }
        pending?.text += " " + text
        return true
    }

    /// Whether the line is part of a comment that stands on lines of its own.
    private mutating func comment(_ line: Substring) -> Bool {
        let text = line.trimmed
        if !isComment, !text.hasPrefix("<!--") { return false }
        isComment = !text.hasSuffix("-->")
        return true
    }

    private mutating func enter(_ heading: MarkdownHeading) {
        let title = InlineMarkdown.plainText(heading.title)
        if let excludedLevel, heading.level > excludedLevel { return }
        let plain = EntryText.withoutMarks(title)
        let words = plain.lowercased()
        let mayBeExcluded = heading.level <= 2
        isLegend = mayBeExcluded && words.contains("legend")
        let isExcluded = mayBeExcluded && Self.excludedSections.contains(where: words.hasPrefix)
        excludedLevel = isExcluded ? heading.level : nil
        section = plain.isEmpty ? nil : plain
    }
}

/// A list item that begins with a link to another site.
struct MarkdownItem {
    var marks: String
    var link: InlineMarkdown.Link
    var rest: String

    init?(_ line: Substring) {
        let text = Array(line.trimmed.unicodeScalars)
        guard text.count > 2, "-*+".unicodeScalars.contains(text[0]), text[1].properties.isWhitespace else {
            return nil
        }
        var position = 1
        var marks = String.UnicodeScalarView()
        // Emoji, pictures and HTML tags may stand before the link.
        while position < text.count, text[position] != "[" || InlineMarkdown.isLinkedImage(text, at: position) {
            if let end = InlineMarkdown.skipImageOrTag(text, at: position) {
                position = end
            } else if EntryText.isMark(text, at: position) {
                marks.append(text[position])
                position += 1
            } else {
                return nil
            }
        }
        guard let link = InlineMarkdown.link(text, at: position), link.isWeb else { return nil }
        self.marks = String(marks)
        self.link = link
        rest = String(String.UnicodeScalarView(text[link.end...]))
    }

    func entry(section: String?, line: Int) -> MarkdownListEntry {
        MarkdownListEntry(
            marks: marks,
            title: InlineMarkdown.plainText(link.text),
            url: link.url,
            text: rest,
            section: section,
            line: line
        )
    }
}
