/// A table in GitHub's Markdown; cells hold text, not markup.
package struct MarkdownTable: Sendable, Hashable {
    package var header: [String]
    /// As many cells a row as the header has.
    package var rows: [[String]]
    /// Leading columns that hold words and are set to the left; the others are set to the right.
    package var textColumns: Int

    package init(_ header: [String], textColumns: Int = 1, rows: [[String]] = []) {
        self.header = header
        self.textColumns = textColumns
        self.rows = rows
    }

    /// The table with a line feed after each row; empty where it has no rows.
    package var text: String {
        guard !rows.isEmpty else { return "" }
        let rule = header.indices.map { $0 < textColumns ? "---" : "---:" }
        return ([header.map(Self.escaped), rule] + rows.map { $0.map(Self.escaped) })
            .map { "| " + $0.joined(separator: " | ") + " |\n" }
            .joined()
    }

    /// A cell that cannot end its row, nor start a tag or a comment.
    private static func escaped(_ cell: String) -> String {
        var text = ""
        for scalar in cell.unicodeScalars {
            switch scalar {
            case "|": text += "\\|"
            case "\\": text += "\\\\"
            case "<": text += "&lt;"
            case "&": text += "&amp;"
            case "\n", "\r", "\t", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": text += " "
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
