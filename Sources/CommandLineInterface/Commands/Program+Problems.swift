extension Program {
    /// Faults in the declaration of the commands, for a test to require that there are none.
    ///
    /// Uses reflection, so it is not for the start of the program.
    package var problems: [String] {
        path.subtree.flatMap { path in
            let found =
                nameProblems(path) + wordingProblems(path) + argumentProblems(path) + undeclaredParameters(path)
            return found.map { "\(path.text): \($0)" }
        }
    }

    private func nameProblems(_ path: CommandPath) -> [String] {
        var problems: [String] = []
        if !isPlainName(path.command.name) {
            problems.append("a command name is lower-case letters, digits and hyphens")
        }
        for name in repeated(path.command.subcommands.map(\.name)) { problems.append("two commands are named \(name)") }
        for name in repeated(path.options.flatMap(\.spellings)) { problems.append("two options are named \(name)") }
        for option in path.options where !isPlainName(option.name) {
            problems.append("an option name is lower-case letters, digits and hyphens: \(option.label)")
        }
        for short in path.options.compactMap(\.short) where !(short.isASCII && short.isLetter) {
            problems.append("a short option is one ASCII letter: -\(short)")
        }
        return problems
    }

    private func wordingProblems(_ path: CommandPath) -> [String] {
        var problems = path.command.summary.isEmpty ? ["the summary is empty"] : []
        for parameter in path.command.parameters + path.command.shared {
            if parameter.help.isEmpty { problems.append("\(parameter.label) has no help") }
            if parameter.takesValue, parameter.valueName.isEmpty {
                problems.append("\(parameter.label) does not say what its value is")
            }
            if case .words(let words) = parameter.completion {
                for word in words where word.isEmpty || word.hasPrefix("-") || !word.utf8.allSatisfy(isChoiceByte) {
                    problems.append("\(parameter.label) offers '\(word)', which a shell cannot complete")
                }
            }
        }
        return problems
    }

    private func argumentProblems(_ path: CommandPath) -> [String] {
        var problems: [String] = []
        let arguments = path.command.arguments
        if !arguments.isEmpty, !path.command.subcommands.isEmpty {
            problems.append("a command with subcommands takes no arguments of its own")
        }
        if path.command.subcommands.isEmpty, path.command.definition == nil {
            problems.append("it neither runs nor has subcommands")
        }
        for (earlier, later) in zip(arguments, arguments.dropFirst()) {
            if earlier.isRepeated { problems.append("\(earlier.name) takes every word, so \(later.name) gets none") }
            if !earlier.isRequired, later.isRequired {
                problems.append("\(later.name) is required but follows \(earlier.name), which is not")
            }
        }
        for parameter in path.command.shared where parameter.isArgument {
            problems.append("an argument cannot be shared: \(parameter.name)")
        }
        for name in repeated(arguments.map(\.name)) { problems.append("two arguments are named \(name)") }
        return problems
    }

    /// Parameters that a definition stores but does not list, which would be read in vain.
    private func undeclaredParameters(_ path: CommandPath) -> [String] {
        guard let definition = path.command.definition else { return [] }
        let declared = Set((path.command.arguments + path.options).map(\.label))
        return Mirror(reflecting: definition).children
            .compactMap { $0.value as? any ParameterDeclaration }
            .flatMap(\.specifications)
            .filter { !declared.contains($0.label) }
            .map { "\($0.label) is not listed in its parameters" }
    }

    private func isPlainName(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private func isChoiceByte(_ byte: UInt8) -> Bool {
        isLetter(byte | 0x20) || isDigit(byte) || "-+._:/@".utf8.contains(byte)
    }

    private func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private func repeated<Word: Hashable>(_ words: [Word]) -> [Word] {
        var seen: Set<Word> = []
        return words.filter { !seen.insert($0).inserted }
    }
}
