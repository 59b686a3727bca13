import Dispatch
import Glibc
import Subprocesses
import Synchronization

/// Writes lines to a descriptor on a thread of its own, in the order they come.
final class LineWriter: Sendable {
    private struct State {
        var waiting: [[UInt8]] = []
        var waitingBytes = 0
        var isEnding = false
        var isBroken = false
        /// Somebody waits until less is waiting.
        var isAwaited = false
    }

    private let descriptor: Int32
    private let limit: Int
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore(value: 0)

    /// - Parameter limit: bytes that may wait for a slow reader; beyond them what is not vital is dropped, and
    ///   `waitForRoom` waits.
    init(_ descriptor: Int32, limit: Int = 64 << 20) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// - Returns: 0, or the error code where no thread can be had.
    func start() -> Int32 { startThread { self.run() } }

    /// Writes a line. A line that is not vital is dropped where too much waits.
    func write(_ line: [UInt8], isVital: Bool = true) {
        let isAdded = state.withLock { state in
            guard !state.isBroken, !state.isEnding, isVital || state.waitingBytes < limit else { return false }
            state.waiting.append(line)
            state.waitingBytes += line.count
            return true
        }
        if isAdded { work.signal() }
    }

    /// Waits on this thread while too much is to be written, unless the reader is gone.
    func waitForRoom() {
        while mustWait() { room.wait() }
    }

    private func mustWait() -> Bool {
        state.withLock { state in
            state.isAwaited = state.waitingBytes >= limit && !state.isBroken
            return state.isAwaited
        }
    }

    /// The reader is gone.
    var isBroken: Bool { state.withLock { $0.isBroken } }

    /// Waits on this thread until everything is written, at most so long.
    func finish(within patience: DispatchTimeInterval) {
        state.withLock { $0.isEnding = true }
        work.signal()
        _ = finished.wait(timeout: .now() + patience)
    }

    private func run() {
        while true {
            work.wait()
            let (lines, isEnding, isAwaited) = state.withLock { state in
                defer {
                    state.waiting = []
                    state.waitingBytes = 0
                    state.isAwaited = false
                }
                return (state.waiting, state.isEnding, state.isAwaited)
            }
            if isAwaited { room.signal() }
            // Many answers at once are one write.
            if !lines.isEmpty, !writeAll(Array(lines.joined(separator: [0x0A])) + [0x0A]) {
                let isAwaited = state.withLock { state in
                    state.isBroken = true
                    defer { state.isAwaited = false }
                    return state.isAwaited
                }
                if isAwaited { room.signal() }
            }
            if isEnding, state.withLock({ $0.waiting.isEmpty }) { break }
        }
        finished.signal()
    }

    private func writeAll(_ bytes: [UInt8]) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
