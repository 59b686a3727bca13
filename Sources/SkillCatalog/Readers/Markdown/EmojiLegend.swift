/// What the emoji of a curated list mean: `🐍` is `lang:python`.
///
/// Begins with the meanings that lists of this shape share; a list's own legend adds to them.
struct EmojiLegend: Sendable, Hashable {
    private static let maximumMeanings = 100

    private struct Meaning: Hashable {
        /// Without variation selectors: some write ☁️, some ☁.
        var emoji: String
        var tag: String
    }

    private var meanings: [Meaning] = [
        ("🎖", "official"),
        ("🐍", "lang:python"), ("📇", "lang:typescript"), ("🏎", "lang:go"), ("🦀", "lang:rust"),
        ("#⃣", "lang:csharp"), ("☕", "lang:java"), ("🌊", "lang:cpp"), ("💎", "lang:ruby"),
        ("☁", "scope:cloud"), ("🏠", "scope:local"), ("📟", "scope:embedded"),
        ("🍎", "os:macos"), ("🪟", "os:windows"), ("🐧", "os:linux"),
    ].map { Meaning(emoji: $0.0, tag: $0.1) }
    /// Prefix of the tags in the group that is being read: `lang:`.
    private var group = ""

    /// The tags of the emoji in a text, in the order of the legend, each once.
    func tags(in text: String) -> [String] {
        let emoji = Set(text.lazy.filter { !$0.isASCII }.map(Self.plain))
        return emoji.isEmpty ? [] : meanings.filter { emoji.contains($0.emoji) }.map(\.tag)
    }

    /// Takes a line of the list's legend: an emoji with its meaning, or the name of a group of them.
    mutating func learn(_ line: Substring) {
        let text = line.trimmed
        guard let bullet = text.utf8.first, "*-+".utf8.contains(bullet) else { return }
        let item = text.dropFirst().trimmed
        guard let emoji = item.first, !emoji.isASCII, !emoji.isLetter else {
            return group = Self.prefix(ofGroup: item.lowercased())
        }
        // A line without indentation belongs to no group.
        let prefix = line.utf8.first == bullet ? "" : group
        let meaning = Self.word(EntryText.withoutMarks(String(item)))
        let isKnown = meanings.contains { $0.emoji == Self.plain(emoji) }
        guard !isKnown, !meaning.isEmpty, meanings.count < Self.maximumMeanings else { return }
        meanings.append(Meaning(emoji: Self.plain(emoji), tag: prefix + meaning))
    }

    private static func plain(_ character: Character) -> String {
        String(String.UnicodeScalarView(character.unicodeScalars.filter { $0 != "\u{FE0F}" }))
    }

    private static func prefix(ofGroup title: String) -> String {
        if title.contains("language") { return "lang:" }
        if title.contains("scope") { return "scope:" }
        if title.contains("system") { return "os:" }
        let word = word(title)
        return word.isEmpty ? "" : word + ":"
    }

    /// The first word that means something: `For Android` is `android`, `Kotlin codebase` is `kotlin`.
    private static func word(_ text: String) -> String {
        let words = text.lowercased().unicodeScalars.split {
            !($0.properties.isAlphabetic || $0.properties.numericType != nil)
        }
        let first = words.map { String($0) }.first { !["for", "a", "an", "the"].contains($0) }
        return first ?? ""
    }
}
