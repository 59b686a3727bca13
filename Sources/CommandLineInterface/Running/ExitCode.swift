/// What the process says to its caller when it ends.
package enum ExitCode: Int32, Sendable, Hashable, CaseIterable {
    case done = 0
    case failed = 1
    /// The command line, or what it asks for, is wrong.
    case usage = 2
    /// The work was done, and no skill fits the request.
    case nothingFits = 3
    /// The work goes on when a person has answered.
    case waiting = 4
    case timedOut = 124
    /// Stopped by Ctrl-C or SIGTERM.
    case interrupted = 130
    /// The reader of stdout went away, as `head` does; the code a shell gives to a process that SIGPIPE ended.
    case outputClosed = 141
}

extension ExitCode {
    /// What it means, as a sentence for the manual.
    package var meaning: String {
        switch self {
        case .done: "The work was done."
        case .failed: "The work could not be done; the error on stderr says why."
        case .usage: "The command line, or what it asks for, is wrong."
        case .nothingFits: "The work was done, and no skill fits the request."
        case .waiting: "The work goes on when a person has answered."
        case .timedOut: "It took longer than it may."
        case .interrupted: "Stopped by Ctrl-C or SIGTERM."
        case .outputClosed: "The reader of stdout went away."
        }
    }
}
