/// Reads the words of a command line against the tree of commands.
///
/// - Options may stand anywhere after the command they belong to, between and after arguments; options of the whole
///   program anywhere at all.
/// - `--name value` and `--name=value` are the same, as are `-k 5`, `-k5` and `-k=5`; `-qv` is `-q -v`.
/// - `-name` is refused where `--name` exists, rather than read as `-n ame`.
/// - A value that looks like an option must be joined: `--name=--value`. A negative number is a value.
/// - After `--` every word is an argument. So is a word like `-5`, `-` or `- a list item`, which cannot be an option.
/// - Of an option given twice the last value counts, unless it collects them.
package struct CommandLineParser {
    private var path: CommandPath
    /// The words given for each parameter, by label.
    private var given: [String: [String]] = [:]
    private var arguments: [String] = []
    private var remaining: ArraySlice<String>

    /// Parses the words after the program's name.
    package static func parse(_ words: [String], of program: Program) throws(UsageError) -> ParsedCommandLine {
        var parser = CommandLineParser(path: program.path, remaining: words[...])
        try parser.readWords()
        return try parser.result()
    }

    private init(path: CommandPath, remaining: ArraySlice<String>) {
        self.path = path
        self.remaining = remaining
    }

    private mutating func readWords() throws(UsageError) {
        while let word = remaining.popFirst() {
            if word == "--" {
                for rest in remaining { try takeArgument(rest) }
                return
            }
            switch WordShape(of: word) {
            case .longOption(let name, let value): try takeLongOption(name, value)
            case .shortOptions(let letters): try takeShortOptions(letters, word: word)
            case .plain where path.command.subcommands.isEmpty: try takeArgument(word)
            case .plain: try takeCommand(word)
            }
        }
    }

    private mutating func takeCommand(_ word: String) throws(UsageError) {
        guard let next = path.descending([word]) else { throw UsageError(.unknownCommand(word), at: path) }
        if let option = path.command.options.first(where: { given[$0.label] != nil }) {
            throw UsageError(.misplacedOption(option, below: path), at: next)
        }
        path = next
    }

    private mutating func takeArgument(_ word: String) throws(UsageError) {
        let places = path.command.arguments
        guard arguments.count < places.count || places.last?.isRepeated == true else {
            throw UsageError(.unexpectedArgument(word), at: path)
        }
        arguments.append(word)
    }

    // MARK: - Options

    private mutating func takeLongOption(_ name: String, _ value: String?) throws(UsageError) {
        let spelling = "--\(name)"
        guard let option = path.options.first(where: { $0.spellings.contains(spelling) }) else {
            throw UsageError(.unknownOption(spelling), at: path)
        }
        if option.takesValue {
            take(option, value: try self.value(of: option, joined: value))
        } else if value != nil {
            throw UsageError(.unexpectedValue(option: spelling), at: path)
        } else {
            take(option, value: name == option.name ? Flag.on : Flag.off)
        }
    }

    private mutating func takeShortOptions(_ letters: Substring, word: String) throws(UsageError) {
        // `-top 3` would otherwise quietly mean `-t op` and the argument 3.
        let asName = letters.prefix { $0 != "=" }
        if asName.count > 1, path.options.contains(where: { $0.name == asName }) {
            throw UsageError(.unknownOption("-\(asName)"), at: path)
        }
        var letters = letters
        while let letter = letters.popFirst() {
            guard let option = path.options.first(where: { $0.short == letter }) else {
                throw UsageError(.unknownOption(letters.count + 2 == word.count ? word : "-\(letter)"), at: path)
            }
            if !option.takesValue {
                take(option, value: Flag.on)
            } else {
                let joined = letters.first == "=" ? letters.dropFirst() : letters
                return take(option, value: try value(of: option, joined: letters.isEmpty ? nil : String(joined)))
            }
        }
    }

    /// The value joined to the option, or else the next word.
    private mutating func value(
        of option: ParameterSpecification,
        joined: String?
    ) throws(UsageError) -> String {
        if let joined { return joined }
        guard let next = remaining.first, next != "--", WordShape(of: next) == .plain else {
            throw UsageError(.missingValue(option, next: remaining.first), at: path)
        }
        remaining.removeFirst()
        return next
    }

    private mutating func take(_ option: ParameterSpecification, value: String) {
        given[option.label, default: []].append(value)
    }

    // MARK: - Result

    private func result() throws(UsageError) -> ParsedCommandLine {
        if given[StandardOptions.help.specification.label] != nil { return .help(path) }
        if given[StandardOptions.version.specification.label] != nil { return .version }
        guard let definition = path.command.definition else { throw UsageError(.missingCommand, at: path) }

        var values = ParsedValues()
        var unread = arguments[...]
        for argument in path.command.arguments {
            let words = argument.isRepeated ? Array(unread) : Array(unread.prefix(1))
            unread = unread.dropFirst(words.count)
            try read(argument, words, into: &values)
        }
        for option in path.options { try read(option, given[option.label] ?? [], into: &values) }
        if values[StandardOptions.quiet], values[StandardOptions.verbose] {
            throw UsageError(.contradiction("--quiet", "--verbose"), at: path)
        }
        return .run(definition, values, at: path)
    }

    private func read(
        _ parameter: ParameterSpecification,
        _ words: [String],
        into values: inout ParsedValues
    ) throws(UsageError) {
        do throws(ParameterFault) {
            values.set(try parameter.read(words), for: parameter, wasGiven: !words.isEmpty)
        } catch {
            throw UsageError(.fault(error, of: parameter), at: path)
        }
    }
}
