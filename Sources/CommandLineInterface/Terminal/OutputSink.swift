/// Where the bytes of stdout or stderr go.
package protocol OutputSink: Sendable {
    /// Writes all the bytes, or throws.
    func write(_ bytes: [UInt8]) throws(OutputError)

    /// Columns of the terminal this is, or nil when it is none.
    var terminalColumns: Int? { get }
}

/// Output that could not be written.
package enum OutputError: Error, Sendable, Hashable {
    /// The reader went away.
    case closed
    /// The system refused: `reason` in its words, for example "No space left on device".
    case refused(reason: String)
}

extension OutputError: CommandErrorConvertible {
    package var commandError: CommandError {
        switch self {
        case .closed:
            CommandError("output-closed", "the reader of the output went away", exitCode: .outputClosed)
        case .refused(let reason):
            CommandError(
                "output-failed",
                "cannot write the output: \(reason)",
                hint: "what was written so far is incomplete; make room or write elsewhere, then run the command again"
            )
        }
    }
}
