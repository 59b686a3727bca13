extension Program {
    /// The reference of every command as one Markdown document, the same text as the help pages.
    package var markdown: String {
        let pages = path.subtree.map { HelpPage(of: $0).markdown(isRoot: $0.commands.count == 1) }
        return pages.joined(separator: "\n\n") + "\n"
    }
}

extension HelpPage {
    fileprivate func markdown(isRoot: Bool) -> String {
        let command = path.command
        var blocks = ["\(isRoot ? "#" : "##") \(path.text)", command.summary.markdownEscaped]
        if !usage.isEmpty { blocks.append(codeBlock(usage)) }
        if !command.discussion.isEmpty { blocks.append(discussion) }
        for section in sections where isRoot || section.title != Self.globalTitle {
            blocks.append("**\(section.title)**")
            blocks.append(section.rows.map { "- \(markdownTerm($0, of: section))" }.joined(separator: "\n"))
        }
        if !command.examples.isEmpty {
            blocks.append("**Examples**")
            blocks.append(codeBlock(command.examples.flatMap { ["# \($0.purpose)", $0.line] }))
        }
        return blocks.joined(separator: "\n\n")
    }

    /// The discussion, whose indented lines are code in Markdown as they are.
    private var discussion: String {
        path.command.discussion.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.first == " " ? String($0) : String($0).markdownEscaped }
            .joined(separator: "\n")
    }

    private func markdownTerm(_ row: Row, of section: Section) -> String {
        let term = "`\(String(row.term.drop { $0 == " " }))`"
        let target = section.title == "Commands" ? "[\(term)](#\(anchor(row.term)))" : term
        return "\(target): \(row.text.markdownEscaped)"
    }

    /// The anchor that GitHub gives to the heading of a subcommand.
    private func anchor(_ subcommand: String) -> String {
        "\(path.text) \(subcommand)".split(separator: " ").joined(separator: "-")
    }

    private func codeBlock(_ lines: [String]) -> String {
        (["```sh"] + lines + ["```"]).joined(separator: "\n")
    }
}

extension String {
    /// This text with what Markdown would take for markup made literal.
    fileprivate var markdownEscaped: String {
        reduce(into: "") { text, character in
            if "\\`*_[]<>|".contains(character) { text.append("\\") }
            text.append(character)
        }
    }
}
