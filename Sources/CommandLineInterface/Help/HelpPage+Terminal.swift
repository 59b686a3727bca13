extension HelpPage {
    /// The page as text for a terminal, wrapped to its width; words longer than a line stay whole.
    func rendered(columns: Int, style: TextStyler) -> String {
        // Lines longer than 100 columns are hard to read, and below 40 there is no room for two columns of text.
        let width = min(max(columns, 40), 100)
        var blocks = [path.command.summary.wrapped(toColumns: width)]
        if !usage.isEmpty {
            blocks.append([style("Usage:", .bold)] + usage.map { "  " + $0 })
        }
        if !path.command.discussion.isEmpty {
            blocks.append(path.command.discussion.wrapped(toColumns: width))
        }
        blocks += sections.map { section in
            [style("\(section.title):", .bold)] + section.lines(width: width, style: style)
        }
        if !path.command.examples.isEmpty {
            blocks.append([style("Examples:", .bold)] + exampleLines(width: width, style: style))
        }
        if !path.command.subcommands.isEmpty {
            blocks.append(["See '\(path.text) COMMAND --help' for what a command does."])
        }
        return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private func exampleLines(width: Int, style: TextStyler) -> [String] {
        path.command.examples.flatMap { example in
            example.purpose.wrapped(toColumns: width - 4).map { "  " + style("# \($0)", .dim) } + ["  \(example.line)"]
        }
    }
}

extension HelpPage.Section {
    /// Two columns: the term, and its text beside it, or below where the term is long.
    fileprivate func lines(width: Int, style: TextStyler) -> [String] {
        let widest = min(rows.map(\.term.displayWidth).max() ?? 0, 24)
        let indent = widest + 4
        return rows.flatMap { row in
            let text = row.text.wrapped(toColumns: width - indent)
            let margin = String(repeating: " ", count: indent)
            let term = "  " + style(row.term, .bold)
            guard row.term.displayWidth <= widest, let first = text.first else {
                return [term] + text.map { margin + $0 }
            }
            let gap = String(repeating: " ", count: widest - row.term.displayWidth + 2)
            return [term + gap + first] + text.dropFirst().map { margin + $0 }
        }
    }
}
