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
    }

    private let descriptor: Int32
    private let limit: Int
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)

    /// - Parameter limit: bytes that may wait for a slow reader; beyond them what is not vital is dropped.
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
            let (lines, isEnding) = state.withLock { state in
                defer {
                    state.waiting = []
                    state.waitingBytes = 0
                }
                return (state.waiting, state.isEnding)
            }
            // Many answers at once are one write.
            if !lines.isEmpty, !writeAll(Array(lines.joined(separator: [0x0A])) + [0x0A]) {
                state.withLock { $0.isBroken = true }
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
