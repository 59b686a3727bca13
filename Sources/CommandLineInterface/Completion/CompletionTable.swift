/// The tree of commands as the completion scripts look at it: one entry a path, in the words of a shell's `case`.
struct CompletionTable {
    /// A value that is due: what to offer, and after which words on the path.
    struct Value {
        /// `file`, `folder`, `words` or `none`.
        let kind: String
        let words: [String]

        init(_ completion: ValueCompletion) {
            switch completion {
            case .nothing: (kind, words) = ("none", [])
            case .file: (kind, words) = ("file", [])
            case .folder: (kind, words) = ("folder", [])
            case .words(let choices): (kind, words) = ("words", choices)
            }
        }
    }

    struct Entry {
        /// The path with spaces between its words.
        let path: String
        let subcommands: [(name: String, summary: String)]
        /// The options understood here, without those of the program.
        let options: [(spelling: String, help: String)]
        let arguments: [Value]
        /// Whether the last argument takes every word that is left.
        let isLastRepeated: Bool
    }

    /// An option that takes a value, in the places where it is understood.
    struct OptionValue {
        let path: String
        /// Whether commands below the path understand it as well.
        let isShared: Bool
        let spellings: [String]
        let value: Value
    }

    let entries: [Entry]
    /// The options of the program, understood everywhere.
    let globalOptions: [(spelling: String, help: String)]
    let optionValues: [OptionValue]

    init(_ program: Program) {
        entries = program.path.subtree.map { path in
            Entry(
                path: path.text,
                subcommands: path.command.subcommands.map { ($0.name, $0.summary) },
                options: listing(path.command.options + path.commands.dropFirst().flatMap(\.shared)),
                arguments: path.command.arguments.map { Value($0.completion) },
                isLastRepeated: path.command.arguments.last?.isRepeated ?? false
            )
        }
        globalOptions = listing(program.root.shared)
        optionValues = program.path.subtree.flatMap { path in
            [(path.command.options, false), (path.command.shared, true)].flatMap { options, isShared in
                options.filter(\.takesValue).map { option in
                    OptionValue(
                        path: path.text,
                        isShared: isShared,
                        spellings: option.spellings,
                        value: Value(option.completion)
                    )
                }
            }
        }
    }
}

private func listing(_ options: [ParameterSpecification]) -> [(spelling: String, help: String)] {
    options.flatMap { option in option.spellings.map { ($0, option.help) } }
}
