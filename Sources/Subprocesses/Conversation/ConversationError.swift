import Glibc

/// Why no line can be had from a child, or why it takes none.
package enum ConversationError: Error, Sendable, Hashable {
    /// It ended by itself; `said` is the end of what it wrote on standard error.
    case ended(executable: String, TerminationStatus, said: String)
    /// It was stopped because it said more in one line than it may.
    case lineTooLong(executable: String, limit: Int)
    /// No line came in time; the child still runs.
    case timedOut(executable: String, after: Duration)
    /// It reads so slowly that too much waits to be sent; the line was not taken, the child still runs.
    case deaf(executable: String, waiting: Int)
    /// The waiting task was cancelled; the child still runs.
    case cancelled
    /// The conversation was ended from this side.
    case stopped
}

extension ConversationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ended(let executable, .exited(let code), let said):
            "\(executable) ended with status \(code)" + (said.isEmpty ? "" : "; it said: \(said)")
        case .ended(let executable, .signalled(let signal), let said):
            "\(executable) was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
                + (said.isEmpty ? "" : "; it said: \(said)")
        case .lineTooLong(let executable, let limit):
            "\(executable) was stopped because it wrote a line of more than \(limit) bytes"
        case .timedOut(let executable, let duration): "\(executable) did not answer within \(duration)"
        case .deaf(let executable, let waiting):
            "\(executable) does not read: \(waiting) bytes wait to be sent to it"
        case .cancelled: "waiting was cancelled"
        case .stopped: "the conversation is over"
        }
    }
}
