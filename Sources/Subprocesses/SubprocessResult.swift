/// How a child ended, and what it wrote.
package struct SubprocessResult: Sendable, Hashable {
    package var status: TerminationStatus
    package var standardOutput: [UInt8]
    package var standardError: [UInt8]
    /// Standard output was longer than the limit; only its beginning is here.
    package var isOutputTruncated: Bool
    /// Standard error was longer than the limit; only its beginning is here.
    package var isErrorTruncated: Bool

    /// Standard output as text; bytes that are not UTF-8 become U+FFFD.
    package var outputText: String { String(decoding: standardOutput, as: UTF8.self) }

    /// Standard error as text; bytes that are not UTF-8 become U+FFFD.
    package var errorText: String { String(decoding: standardError, as: UTF8.self) }

    /// This result when the child ended with status 0.
    ///
    /// - Parameter executable: the name to use in the message.
    /// - Throws: `SubprocessError.failed` or `.signalled`, with the end of what the child said.
    package func checked(_ executable: String) throws(SubprocessError) -> SubprocessResult {
        switch status {
        case .exited(0): return self
        case .exited(let code):
            throw .failed(executable: executable, code: code, said: SubprocessError.lastWords(of: standardError))
        case .signalled(let signal):
            throw .signalled(executable: executable, signal: signal)
        }
    }
}

/// The two ways a process ends.
package enum TerminationStatus: Sendable, Hashable {
    case exited(Int32)
    case signalled(Int32)
}
