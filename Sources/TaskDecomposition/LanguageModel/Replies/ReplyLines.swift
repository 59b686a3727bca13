/// Finds the items of a list that a model wrote as lines.
enum ReplyLines {
    /// Longest line, in characters, that counts as an item where no line has a marker.
    private static let plainLimit = 160

    /// The items: numbered lines, else bulleted lines, else lines that are a list without markers; none for prose.
    ///
    /// Of nested lists the outermost counts. What stands before, between and after the items is left out.
    static func items(in text: some StringProtocol) -> [String] {
        let lines = ReplyText.lines(text)
        let marked = lines.compactMap { line in ListMarker(line).map { (marker: $0, indent: indent(of: line)) } }
        for kind in [ListMarker.Kind.number, .bullet] {
            let items = marked.filter { $0.marker.kind == kind }
            guard let outermost = items.map(\.indent).min() else { continue }
            return items.filter { $0.indent <= outermost + 1 }.map(\.marker.rest)
        }
        return plainItems(lines)
    }

    /// Lines count as a list when there are several, all are short, and none holds two sentences.
    private static func plainItems(_ lines: [Substring]) -> [String] {
        let items = lines.map(\.trimmingSpaces).filter { !$0.isEmpty && !$0.hasSuffix(":") && !$0.hasSuffix("：") }
        guard items.count > 1, items.allSatisfy(isPlainItem) else { return [] }
        return items
    }

    private static func isPlainItem(_ line: String) -> Bool {
        guard line.count <= plainLimit, let first = line.first, !"{}[]<\"".contains(first) else { return false }
        let inner = line.dropLast()
        return !inner.contains(". ") && !inner.contains("! ") && !inner.contains("? ") && !inner.contains("。")
    }

    private static func indent(of line: Substring) -> Int {
        line.prefix { $0.isWhitespace }.reduce(0) { $0 + ($1 == "\t" ? 4 : 1) }
    }
}
