extension String {
    /// This text in lines of at most so many columns, broken at spaces; its own line breaks stay.
    ///
    /// A word longer than a line stands alone on its line, whole, and a line that begins with a space is left as it is:
    /// what is copied from a help page stays intact.
    package func wrapped(toColumns columns: Int) -> [String] {
        split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrapLine($0, toColumns: columns) }
    }
}

private func wrapLine(_ text: Substring, toColumns columns: Int) -> [String] {
    guard text.first != " " else { return [String(text)] }
    var lines: [String] = []
    var line = ""
    var width = 0
    for word in text.split(separator: " ") {
        let wordWidth = String(word).displayWidth
        if width > 0, width + 1 + wordWidth > columns {
            lines.append(line)
            (line, width) = (String(word), wordWidth)
        } else {
            if width > 0 { line += " " }
            line += word
            width += wordWidth + (width > 0 ? 1 : 0)
        }
    }
    lines.append(line)
    return lines
}
