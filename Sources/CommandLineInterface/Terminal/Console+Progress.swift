import Synchronization

extension Console {
    /// Shows how far a long piece of work is, on stderr while that is a terminal, and takes the line away at its end.
    ///
    /// Says nothing under `--quiet` and on terminals that cannot change a line in place. One at a time.
    package func withProgress<Result>(
        _ label: String,
        total: Int? = nil,
        _ work: (ProgressReporter) async throws -> Result
    ) async rethrows -> Result {
        let canChangeLines = streams.talk.terminalColumns != nil && !environment.isDumbTerminal
        let isVisible = preferences.showsProgress && canChangeLines
        let reporter = ProgressReporter(ProgressBar(label, total: total), on: isVisible ? streams : nil)
        reporter.advance(to: 0)
        defer { reporter.finish() }
        return try await work(reporter)
    }
}

/// Takes reports of finished work from any task and draws them, a few times a second at most.
package final class ProgressReporter: Sendable {
    private let streams: ConsoleStreams?
    private let start = ContinuousClock.now
    private let state: Mutex<(bar: ProgressBar, done: Int)>

    init(_ bar: ProgressBar, on streams: ConsoleStreams?) {
        self.streams = streams
        state = Mutex((bar, 0))
    }

    /// Says how many units are done by now.
    package func advance(to done: Int) { draw { _ in done } }

    /// Says that so many more units are done.
    package func advance(by count: Int = 1) { draw { $0 + count } }

    private func draw(_ change: (Int) -> Int) {
        guard let streams else { return }
        state.withLock { state in
            state.done = change(state.done)
            let columns = streams.talk.terminalColumns ?? DescriptorSink.usualColumns
            let line = state.bar.advance(to: state.done, at: start.duration(to: .now), columns: columns)
            if let line { streams.showStatus(line) }
        }
    }

    func finish() { streams?.showStatus("") }
}
