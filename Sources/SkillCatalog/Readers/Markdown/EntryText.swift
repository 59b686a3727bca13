/// What follows the link of an entry, cut into marks and description.
///
/// Badges, emoji, dashes and colons before the first word are no part of the description; the emoji mean something.
struct EntryText: Sendable, Hashable {
    /// Everything before the first word.
    var marks: String
    /// Plain text on one line; empty where the entry has none, or nothing but dots.
    var description: String

    init(_ markdown: String) {
        let text = Array(markdown.unicodeScalars)
        let start = Self.startOfProse(text)
        marks = Self.string(text[..<start])
        let prose = InlineMarkdown.plainText(Self.string(text[start...]))
        let hasWords = prose.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
        description = hasWords ? prose : ""
    }

    /// The text without emoji and dashes at its start, as titles of sections have them.
    static func withoutMarks(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        return string(scalars[startOfProse(scalars)...])
    }

    /// Whether a position is white space, punctuation that stands between marks, or part of an emoji.
    static func isMark(_ text: [Unicode.Scalar], at position: Int) -> Bool {
        let scalar = text[position]
        let next = position + 1 < text.count ? text[position + 1] : " "
        // ℹ️ and #️⃣ are a letter and a sign that become emoji by what follows.
        if next == "\u{FE0F}" || next == "\u{20E3}" { return true }
        if scalar.properties.isWhitespace { return true }
        if scalar.isASCII { return "-:*/|,_)".unicodeScalars.contains(scalar) }
        switch scalar.properties.generalCategory {
        case .otherSymbol, .mathSymbol, .modifierSymbol, .currencySymbol, .dashPunctuation, .format, .nonspacingMark,
            .enclosingMark, .unassigned, .privateUse:
            return true
        default: return false
        }
    }

    private static func startOfProse(_ text: [Unicode.Scalar]) -> Int {
        var position = 0
        while position < text.count {
            if isMark(text, at: position) {
                position += 1
            } else if let end = InlineMarkdown.skipImageOrTag(text, at: position) ?? badge(text, at: position) {
                position = end
            } else {
                break
            }
        }
        return position
    }

    /// Position after a link in words that stands among the emoji: `[glama](…) 🐍 🏠 - Text`.
    private static func badge(_ text: [Unicode.Scalar], at position: Int) -> Int? {
        guard let link = InlineMarkdown.link(text, at: position) else { return nil }
        let next = text[link.end...].firstIndex { !$0.properties.isWhitespace }
        guard let next, !text[next].isASCII, isMark(text, at: next) else { return nil }
        return text[next].properties.generalCategory == .dashPunctuation ? nil : link.end
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}
