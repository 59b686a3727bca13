import Dispatch
import Synchronization

/// Lets so many requests be answered at once; others wait their turn, and what would be too many is refused.
///
/// Reading goes on meanwhile: what ends a request, a cancellation or the answer to a question, comes after it.
final class RequestPlaces: Sendable {
    enum Admission {
        case begins
        case waits
        case refused
    }

    private struct Entry {
        var request: Message.Request
        var size: Int
    }

    private struct State {
        var running = 0
        var bytes = 0
        var waiting: [Entry] = []
        var isAwaited = false
    }

    private let limit: Int
    private let maximumWaiting: Int
    private let maximumBytes: Int
    private let state = Mutex(State())
    private let idle = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - limit: requests that are answered at once; four times as many may wait.
    ///   - maximumBytes: bytes of all of them together.
    init(limit: Int, maximumBytes: Int) {
        self.limit = limit
        maximumWaiting = 4 * limit
        self.maximumBytes = maximumBytes
    }

    /// - Parameter size: bytes of the request's message.
    func admit(_ request: Message.Request, size: Int) -> Admission {
        state.withLock { state in
            guard state.bytes == 0 || state.bytes + size <= maximumBytes else { return .refused }
            if state.running < limit {
                state.running += 1
                state.bytes += size
                return .begins
            }
            guard state.waiting.count < maximumWaiting else { return .refused }
            state.waiting.append(Entry(request: request, size: size))
            state.bytes += size
            return .waits
        }
    }

    /// A request of that size is done with.
    ///
    /// - Returns: the request, with its size, that takes its place.
    func leave(size: Int) -> (request: Message.Request, size: Int)? {
        let (next, isIdle) = state.withLock { state -> (Entry?, Bool) in
            state.bytes -= size
            guard state.waiting.isEmpty else { return (state.waiting.removeFirst(), false) }
            state.running -= 1
            guard state.running == 0 else { return (nil, false) }
            defer { state.isAwaited = false }
            return (nil, state.isAwaited)
        }
        if isIdle { idle.signal() }
        return next.map { ($0.request, $0.size) }
    }

    /// Waits on this thread until nothing is being answered, at most so long.
    func waitUntilIdle(within patience: DispatchTimeInterval) {
        let mustWait = state.withLock { state in
            state.isAwaited = state.running > 0
            return state.isAwaited
        }
        if mustWait { _ = idle.wait(timeout: .now() + patience) }
    }
}
