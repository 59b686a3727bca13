import Glibc

/// What to do about signals that ask the process to stop.
///
/// Running becomes stopping at the first signal. While stopping, Ctrl-C ends the process at once; another SIGTERM does
/// not, since supervisors repeat it to a process that is shutting down.
struct InterruptPolicy: Sendable {
    enum Action: Sendable, Hashable {
        /// Cancel the work and let it end in its own way.
        case cancel
        /// End without waiting for anything.
        case endNow
    }

    private var isStopping = false

    /// Takes one signal and says what to do, if anything.
    mutating func receive(_ signal: Int32) -> Action? {
        defer { isStopping = true }
        return isStopping ? (signal == SIGINT ? .endNow : nil) : .cancel
    }
}
