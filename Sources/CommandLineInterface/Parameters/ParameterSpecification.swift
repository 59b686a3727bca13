/// What the parser, the help pages and the completion scripts need to know of one parameter.
///
/// Made by `Argument`, `Option` and `Flag`, which add the type of the value.
package struct ParameterSpecification: Sendable {
    package enum Kind: Sendable, Hashable {
        /// A word by its place; `isRepeated` takes every word that is left.
        case argument(isRepeated: Bool)
        /// A name that takes a value; `isRepeated` collects the values of every use, otherwise the last use counts.
        case option(isRepeated: Bool)
        /// A name alone; a negatable one is also understood as `--no-name`.
        case flag(isNegatable: Bool)
    }

    /// Turns the words of the command line into the typed value; called with no words when the parameter was not given.
    package typealias Reader = @Sendable (_ words: [String]) throws(ParameterFault) -> any Sendable

    package let kind: Kind
    /// `top` for `--top`, `TEXT` for an argument.
    package let name: String
    /// The letter of the short form, `k` for `-k`.
    package let short: Character?
    /// What stands for the value in help texts, `K`; the name again for an argument, empty for a flag.
    package let valueName: String
    package let help: String
    package let isRequired: Bool
    /// The default as a user would write it, where there is one worth showing.
    package let defaultText: String?
    /// What values are allowed, for help texts: "1 to 100"; nil where anything goes.
    package let constraint: String?
    package let completion: ValueCompletion
    /// The heading it is listed under in help texts; nil for the common one.
    package var section: String?
    let read: Reader

    /// The parameter as a user names it: `--top`, `TEXT`.
    package var label: String { isArgument ? name : "--\(name)" }

    /// Every way to write it on the command line, the usual one first; empty for an argument.
    var spellings: [String] {
        guard !isArgument else { return [] }
        return ["--\(name)"] + (isNegatable ? ["--no-\(name)"] : []) + (short.map { ["-\($0)"] } ?? [])
    }

    var isArgument: Bool {
        if case .argument = kind { true } else { false }
    }

    var takesValue: Bool {
        if case .option = kind { true } else { false }
    }

    var isNegatable: Bool { kind == .flag(isNegatable: true) }

    var isRepeated: Bool { kind == .argument(isRepeated: true) || kind == .option(isRepeated: true) }
}

/// Why the words of a parameter do not make a value.
package enum ParameterFault: Error, Sendable, Hashable {
    /// It must be given and was not.
    case missing
    /// A word is not what was expected; `choices` lists the right words where there are few.
    case invalid(word: String, expectation: String, choices: [String])
}

/// What a shell should offer where a value is due.
package enum ValueCompletion: Sendable, Hashable {
    case nothing
    case words([String])
    case file
    case folder
}
