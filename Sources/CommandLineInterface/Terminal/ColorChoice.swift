/// When to colour text.
package enum ColorChoice: String, Sendable, CaseIterable, CommandLineValue {
    case auto, always, never

    /// Whether a stream gets colours: with `auto`, a terminal that can show them whose user has not set `NO_COLOR`.
    package func applies(toTerminal isTerminal: Bool, environment: Environment) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: isTerminal && !environment.isDumbTerminal && (environment["NO_COLOR"] ?? "").isEmpty
        }
    }
}

extension Environment {
    /// Whether the terminal understands no control sequences.
    var isDumbTerminal: Bool { ["", "dumb"].contains(self["TERM"] ?? "") }
}
