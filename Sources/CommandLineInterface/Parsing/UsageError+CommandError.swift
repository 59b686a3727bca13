extension UsageError: CommandErrorConvertible {
    /// The fault in words: what was wrong, the nearest right word, the page that tells more.
    package var commandError: CommandError {
        switch reason {
        case .unknownCommand(let word): unknownCommand(word)
        case .unknownOption(let word): unknownOption(word)
        case .misplacedOption(let option, let owner):
            error("misplaced-option", "\(option.label) is for '\(owner.text)', not for '\(path.text)'")
        case .missingCommand: error("missing-command", "'\(path.text)' needs to be told which of its commands")
        case .missingValue(let option, let next): missingValue(option, next: next)
        case .unexpectedValue(let option): error("unexpected-value", "\(option) takes no value")
        case .unexpectedArgument(let word): unexpectedArgument(word)
        case .fault(.missing, let parameter): error("missing-argument", "\(parameter.label) is missing")
        case .fault(.invalid(let word, let expectation, let choices), let parameter):
            error(
                "invalid-value",
                "'\(word)' for \(parameter.label) is not \(expectation)",
                suggestion: nearestWord(to: word, among: choices)
            )
        case .contradiction(let one, let other):
            error("contradiction", "\(one) and \(other) exclude each other")
        }
    }

    private func unknownCommand(_ word: String) -> CommandError {
        let names = path.command.subcommands.map(\.name)
        var suggestion = nearestWord(to: word, among: names)
        if suggestion == nil {
            // `validate` alone is likely meant for `skills validate`.
            suggestion = path.subtree.first { $0.command.name == word }?.text
        }
        return error("unknown-command", "'\(path.text)' has no command '\(word)'", suggestion: suggestion)
    }

    private func unknownOption(_ word: String) -> CommandError {
        let message = "'\(path.text)' has no option '\(word)'"
        let spellings = path.options.flatMap(\.spellings).filter { $0.hasPrefix("--") }
        let name = String(word.drop { $0 == "-" })
        if let nearest = nearestWord(to: name, among: spellings.map { String($0.dropFirst(2)) }) {
            return error("unknown-option", message, suggestion: "--\(nearest)")
        }
        if let owner = path.subtree.dropFirst().first(where: { $0.options.contains { $0.spellings.contains(word) } }) {
            let hint = "\(word) belongs after '\(owner.text)'"
            return error("unknown-option", message, hint: hint)
        }
        let hint = path.command.arguments.isEmpty ? nil : "put -- before text that begins with a hyphen"
        return error("unknown-option", message, hint: hint)
    }

    private func missingValue(_ option: ParameterSpecification, next: String?) -> CommandError {
        let hint = next.map { "to give it the value '\($0)', write \(option.label)=\($0)" }
        return error("missing-value", "\(option.label) needs a value, \(option.valueName)", hint: hint)
    }

    private func unexpectedArgument(_ word: String) -> CommandError {
        let takesText = path.command.arguments.last?.completion == .nothing
        let hint = takesText ? "put quotes around text of several words" : nil
        return error("unexpected-argument", "'\(path.text)' has no use for the argument '\(word)'", hint: hint)
    }

    private func error(
        _ code: String,
        _ message: String,
        suggestion: String? = nil,
        hint: String? = nil
    ) -> CommandError {
        let parts = [suggestion.map { "did you mean '\($0)'?" }, hint.map { "\($0);" }, "see '\(path.text) --help'"]
        return CommandError(
            code,
            message,
            hint: parts.compactMap(\.self).joined(separator: " "),
            exitCode: .usage
        )
    }
}
