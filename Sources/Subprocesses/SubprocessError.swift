import Glibc

/// Why a child could not be run to its end, or why its end is a fault.
package enum SubprocessError: Error, Sendable, Hashable {
    /// No file of that name in `PATH`, or no such file, or it may not be executed.
    case executableNotFound(name: String, searched: [String])
    /// An argument, variable or path holds a NUL byte, which no program can be given.
    case unusableText(String)
    case spawnFailed(executable: String, errno: Int32)
    case timedOut(executable: String, after: Duration, said: String)
    case outputTooLarge(executable: String, limit: Int)
    /// Ended with a status other than 0.
    case failed(executable: String, code: Int32, said: String)
    case signalled(executable: String, signal: Int32)
}

extension SubprocessError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .executableNotFound(let name, let searched) where searched.isEmpty:
            "\(name) does not exist or may not be executed"
        case .executableNotFound(let name, let searched):
            "\(name) was not found in \(searched.joined(separator: ":")); install it or extend PATH"
        case .unusableText(let what):
            "\(what) holds a NUL byte and cannot be handed to a program"
        case .spawnFailed(let executable, let code):
            "\(executable) could not be started: \(String(cString: strerror(code)))"
        case .timedOut(let executable, let duration, let said):
            "\(executable) was stopped after \(duration)" + Self.quoting(said)
        case .outputTooLarge(let executable, let limit):
            "\(executable) was stopped because it wrote more than \(limit) bytes"
        case .failed(let executable, let code, let said):
            "\(executable) ended with status \(code)" + Self.quoting(said)
        case .signalled(let executable, let signal):
            "\(executable) was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
        }
    }

    private static func quoting(_ said: String) -> String { said.isEmpty ? "" : "; it said: \(said)" }

    /// The end of what a child wrote on standard error, short enough for a message.
    static func lastWords(of standardError: [UInt8]) -> String {
        let text = String(decoding: standardError.suffix(400), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).suffix(3).joined(separator: " / ")
    }
}
