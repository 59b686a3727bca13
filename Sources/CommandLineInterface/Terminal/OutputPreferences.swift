/// How the user wants output: as data or for people, how much talk, in colour or not.
package struct OutputPreferences: Sendable, Hashable {
    package enum Talk: Int, Sendable, Comparable {
        /// Errors only.
        case quiet
        case normal
        case verbose

        package static func < (left: Talk, right: Talk) -> Bool { left.rawValue < right.rawValue }
    }

    package var isJSON = false
    /// How much is said on stderr; with JSON nothing but an error, unless the user asks for more.
    package var talk = Talk.normal
    /// Whether a progress line is welcome where stderr is a terminal; also with JSON.
    package var showsProgress = true
    package var color = ColorChoice.auto

    package init() {}
}

extension OutputPreferences {
    init(_ values: ParsedValues) {
        isJSON = values[StandardOptions.json]
        let isQuiet = values[StandardOptions.quiet]
        talk = values[StandardOptions.verbose] ? .verbose : isQuiet || isJSON ? .quiet : .normal
        showsProgress = !isQuiet
        color = values[StandardOptions.color]
    }

    /// What of a command line decides how help and errors look, also where the rest of it does not parse.
    init(scanning words: [String]) {
        let options = words.prefix { $0 != "--" }
        let joined = options.filter { $0.hasPrefix("--color=") }.map { String($0.dropFirst("--color=".count)) }
        let separate = zip(options, options.dropFirst()).filter { $0.0 == "--color" }.map(\.1)
        isJSON = options.contains("--json")
        color = (separate + joined).compactMap(ColorChoice.init(rawValue:)).last ?? .auto
    }
}
