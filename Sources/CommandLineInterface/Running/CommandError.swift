package import JSONSchema

/// An error as the user meets it: what happened, what to do next, and the exit code.
package struct CommandError: Error, Sendable, Hashable {
    /// A stable word for programs, for example `unknown-option`.
    package let code: String
    /// One sentence with the offending word, without a full stop.
    package let message: String
    /// The next step, where there is one to name.
    package let hint: String?
    package let exitCode: ExitCode

    package init(_ code: String, _ message: String, hint: String? = nil, exitCode: ExitCode = .failed) {
        self.code = code
        self.message = message
        self.hint = hint
        self.exitCode = exitCode
    }

    /// A command line that parses and still makes no sense; the runner adds where to read more when there is no hint.
    package static func usage(_ message: String, hint: String? = nil) -> CommandError {
        CommandError("usage", message, hint: hint, exitCode: .usage)
    }

    /// The shape that programs read: `{"error":{"code","message","hint"}}`.
    package var json: JSONValue {
        ["error": ["code": .string(code), "message": .string(message), "hint": JSONValue(hint)]]
    }
}

/// An error that knows how to present itself to a user of the command line.
///
/// Where an error of another module deserves a code, a hint or an exit code of its own, conform it in the program.
package protocol CommandErrorConvertible: Error {
    var commandError: CommandError { get }
}

extension CommandError: CommandErrorConvertible {
    package var commandError: CommandError { self }
}
