import Synchronization

/// The shared state of a console: two sinks, and the line at the bottom of the terminal that changes in place.
///
/// The status line is taken away before anything else is written and put back below it.
final class ConsoleStreams: Sendable {
    let output: any OutputSink
    let talk: any OutputSink
    private let state = Mutex(State())

    private struct State {
        var status = ""
        var outputFailure: OutputError?
    }

    /// Back to the first column, and everything after it erased.
    private static let eraseLine = "\r\u{1B}[K"

    init(output: any OutputSink, talk: any OutputSink) {
        self.output = output
        self.talk = talk
    }

    var outputFailure: OutputError? { state.withLock { $0.outputFailure } }

    func writeOutput(_ text: String) throws(OutputError) {
        let failure: OutputError? = state.withLock { state in
            let coversStatus = !state.status.isEmpty && output.terminalColumns != nil
            if coversStatus { send(Self.eraseLine) }
            defer { if coversStatus { send(state.status) } }
            do throws(OutputError) {
                try output.write(Array(text.utf8))
                return nil
            } catch {
                state.outputFailure = state.outputFailure ?? error
                return error
            }
        }
        if let failure { throw failure }
    }

    func writeTalk(_ text: String) {
        state.withLock { state in
            send(state.status.isEmpty ? text : Self.eraseLine + text + state.status)
        }
    }

    /// Replaces the status line; an empty one takes it away. Only for a terminal.
    func showStatus(_ line: String) {
        state.withLock { state in
            guard line != state.status else { return }
            send(Self.eraseLine + line)
            state.status = line
        }
    }

    /// Takes the status line away when the process ends at once, unless a writer is stuck with it.
    func abandonStatus() {
        _ = state.withLockIfAvailable { state in
            if !state.status.isEmpty { send(Self.eraseLine) }
            state.status = ""
        }
    }

    /// Talk that cannot be written is lost: there is nowhere to say so.
    private func send(_ text: String) {
        try? talk.write(Array(text.utf8))
    }
}
