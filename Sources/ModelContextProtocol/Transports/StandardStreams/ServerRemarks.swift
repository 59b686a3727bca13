import Synchronization

/// What a server program wrote that is no message: its standard error, and lines of its standard output.
///
/// The end of it is kept, so that a person can look why a server does not work.
package final class ServerRemarks: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var strayLines = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: most bytes that are kept.
    package init(limit: Int = 64 << 10) { self.limit = limit }

    /// The end of what was written, as text without control characters but line breaks and tabs.
    package var text: String {
        let bytes = state.withLock { $0.bytes }
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            text.unicodeScalars.append(isControl && scalar != "\n" && scalar != "\t" ? "\u{FFFD}" : scalar)
        }
        return text
    }

    /// How many lines on standard output were no messages.
    package var strayLines: Int { state.withLock { $0.strayLines } }

    func add(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        state.withLock { state in
            state.bytes += bytes.suffix(limit)
            if state.bytes.count > limit { state.bytes.removeFirst(state.bytes.count - limit) }
        }
    }

    /// Notes a line of standard output that is no message.
    ///
    /// - Returns: how many there were.
    func addStray(_ line: [UInt8]) -> Int {
        add(Array(line.prefix(1 << 10)) + [UInt8(ascii: "\n")])
        return state.withLock { state in
            state.strayLines += 1
            return state.strayLines
        }
    }
}
