/// The help page of one command as data: what the terminal and the Markdown renderings show.
struct HelpPage {
    struct Row {
        let term: String
        let text: String
    }

    struct Section {
        let title: String
        let rows: [Row]
        /// Whether a group on the way, or the program, brought these options.
        var isShared = false
    }

    let path: CommandPath

    init(of path: CommandPath) { self.path = path }

    /// The forms of calling it, without the program's options.
    var usage: [String] {
        let command = path.command
        let isGroup = !command.subcommands.isEmpty
        var lines: [String] = []
        if command.definition != nil {
            let required = command.options.filter(\.isRequired).map { "--\($0.name) \($0.valueName)" }
            let rest = command.options.allSatisfy(\.isRequired) ? [] : ["[options]"]
            let words = [path.text] + required + rest + command.arguments.map(\.usage)
            lines.append(words.joined(separator: " "))
        }
        if isGroup { lines.append("\(path.text) COMMAND") }
        return lines
    }

    /// Arguments, commands, and options under their headings; empty sections are left out.
    var sections: [Section] {
        let command = path.command
        let titles = command.options.map { $0.section ?? "Options" }.reduce(into: [String]()) { titles, title in
            if !titles.contains(title) { titles.append(title) }
        }
        // The common heading comes first, wherever its options stand.
        let ordered = titles.filter { $0 == "Options" } + titles.filter { $0 != "Options" }
        let own = ordered.map { title in
            Section(title: title, rows: command.options.filter { ($0.section ?? "Options") == title }.map(\.row))
        }
        let all =
            [
                Section(title: "Arguments", rows: command.arguments.map(\.row)),
                Section(title: "Commands", rows: command.subcommands.map { Row(term: $0.name, text: $0.summary) }),
            ] + own + sharedOptions
        return all.filter { !$0.rows.isEmpty }
    }

    /// What is understood here because a group on the way shares it, innermost first, the program last.
    private var sharedOptions: [Section] {
        path.ancestry.reversed().map { level in
            let isProgram = level.commands.count == 1
            let title = isProgram ? Self.globalTitle : "Options of every '\(level.text)' command"
            return Section(title: title, rows: level.command.shared.map(\.row), isShared: true)
        }
    }

    static let globalTitle = "Global options"
}

extension ParameterSpecification {
    fileprivate var row: HelpPage.Row { HelpPage.Row(term: term, text: explanation) }

    /// `-k, --top K`, `--[no-]rerank`, `TEXT`.
    private var term: String {
        guard !isArgument else { return name }
        let long = isNegatable ? "--[no-]\(name)" : takesValue ? "--\(name) \(valueName)" : "--\(name)"
        return short.map { "-\($0), \(long)" } ?? "    \(long)"
    }

    /// The help sentence with what is allowed and what holds by default.
    private var explanation: String {
        let isOption = !isArgument
        let notes = [
            constraint,
            defaultText.flatMap { $0.isEmpty ? nil : "default \($0)" },
            isOption && isRequired ? "required" : nil,
            isOption && isRepeated ? "may be given several times" : nil,
        ]
        let text = notes.compactMap(\.self).joined(separator: "; ")
        return text.isEmpty ? help : "\(help) (\(text))"
    }

    /// The argument in a usage line: `TEXT`, `[TEXT]`, `SOURCE...`.
    fileprivate var usage: String {
        let word = isRepeated ? "\(name)..." : name
        return isRequired ? word : "[\(word)]"
    }
}
