extension Program {
    /// The manual page of the program with all its commands, or of one command alone, in the `man` macros.
    package func manual(of path: CommandPath? = nil) -> String {
        let path = path ?? self.path
        let page = HelpPage(of: path)
        let name = path.commands.map(\.name).joined(separator: "-")
        var lines = [
            // No date: the same sources make the same page.
            ".TH \(Roff.argument(name.uppercased())) 1 \"\" \(Roff.argument("\(root.name) \(version)"))"
                + " \(Roff.argument("User Commands"))",
            // No hyphenation and no adjustment: names of options stay as they are typed.
            ".nr HY 0", ".nh", ".ad l",
            ".SH NAME", "\(Roff.escaped(name)) \\- \(Roff.escaped(path.command.summary.withoutFullStop))",
        ]
        lines += heading("SYNOPSIS", page.synopsis)
        lines += heading("DESCRIPTION", page.description)
        for section in page.sections where section.title != "Commands" {
            lines += heading(section.title.uppercased(), section.manual)
        }
        lines += heading("COMMANDS", path.command.subcommands.flatMap { path.appending($0).subtree.flatMap(\.manual) })
        lines += heading("EXAMPLES", page.examples)
        lines += heading("EXIT STATUS", ExitCode.allCases.flatMap { Roff.tagged("\($0.rawValue)", $0.meaning) })
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : [".SH \(Roff.argument(title))"] + lines
    }
}

extension CommandPath {
    /// One command as a part of the program's page.
    fileprivate var manual: [String] {
        let page = HelpPage(of: self)
        var lines = [".SS \(Roff.argument(text))", Roff.escaped(command.summary)] + page.discussion
        lines += page.synopsis.isEmpty ? [] : [".PP"] + page.synopsis
        for section in page.sections where !isToldElsewhere(section) {
            lines += [".PP", Roff.escaped("\(section.title):")] + section.manual
        }
        return lines + (page.examples.isEmpty ? [] : [".PP", "Examples:"] + page.examples)
    }

    /// What the whole program understands stands once, what a group shares at the group; its commands follow it anyway.
    private func isToldElsewhere(_ section: HelpPage.Section) -> Bool {
        section.title == HelpPage.globalTitle || section.title == "Commands"
            || (section.isShared && command.shared.isEmpty)
    }
}

extension HelpPage {
    fileprivate var synopsis: [String] { usage.isEmpty ? [] : Roff.verbatim(usage) }

    fileprivate var description: [String] { [Roff.escaped(path.command.summary)] + discussion }

    /// The paragraphs of the discussion; indented lines are code.
    fileprivate var discussion: [String] {
        guard !path.command.discussion.isEmpty else { return [] }
        let lines = path.command.discussion.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let paragraphs = lines.split(separator: "")
        return paragraphs.flatMap { paragraph in
            let isCode = paragraph.allSatisfy { $0.first == " " }
            return [".PP"] + (isCode ? Roff.verbatim(Array(paragraph)) : paragraph.map(Roff.escaped))
        }
    }

    fileprivate var examples: [String] {
        path.command.examples.flatMap {
            [".PP", Roff.escaped("\($0.purpose):"), ".PP"] + Roff.verbatim(["    \($0.line)"])
        }
    }
}

extension HelpPage.Section {
    fileprivate var manual: [String] {
        rows.flatMap { Roff.tagged(String($0.term.drop { $0 == " " }), $0.text) }
    }
}

extension String {
    fileprivate var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
