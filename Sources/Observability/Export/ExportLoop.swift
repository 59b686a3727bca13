import Synchronization

/// Sends what has gathered, each time it is woken and every so often, until it is told to stop.
final class ExportLoop: Sendable {
    /// How a loop is woken.
    struct Wakes: Sendable {
        fileprivate let stream: AsyncStream<Void>
        private let continuation: AsyncStream<Void>.Continuation

        init() { (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

        @Sendable func wake() { continuation.yield() }
        fileprivate func finish() { continuation.finish() }
    }

    private let wakes: Wakes
    private let pauses = ExportPauses()
    private let ticks: Task<Void, Never>
    private let loop: Task<Void, Never>

    /// Its tasks live until `stop`; they are detached, so that they belong to no span and no caller.
    ///
    /// - Parameter work: sends all there is; called by one task at a time, and waits by its argument only.
    init(every interval: Duration, wakes: Wakes, work: @escaping @Sendable (ExportPauses) async -> Void) {
        self.wakes = wakes
        ticks = Task.detached {
            while (try? await Task.sleep(for: interval)) != nil { wakes.wake() }
        }
        loop = Task.detached { [pauses] in
            for await _ in wakes.stream { await work(pauses) }
            await work(pauses)
        }
    }

    deinit {
        ticks.cancel()
        loop.cancel()
    }

    /// Sends the rest and ends, within that time; what is not sent by then is given up.
    func stop(within time: Duration) async {
        ticks.cancel()
        pauses.end()
        wakes.finish()
        let limit = Task.detached { [loop] in
            guard (try? await Task.sleep(for: time)) != nil else { return }
            loop.cancel()
        }
        await loop.value
        limit.cancel()
    }
}

/// The waits between attempts; they end at once when the program does.
final class ExportPauses: Sendable {
    private struct State {
        var hasEnded = false
        var current: Task<Void, any Error>?
    }

    private let state = Mutex(State())

    /// - Returns: false where there is no time to wait any more.
    func wait(_ time: Duration) async -> Bool {
        let pause = state.withLock { state -> Task<Void, any Error>? in
            guard !state.hasEnded else { return nil }
            let pause = Task.detached { try await Task.sleep(for: time) }
            state.current = pause
            return pause
        }
        guard let pause else { return false }
        return await withTaskCancellationHandler {
            (try? await pause.value) != nil
        } onCancel: {
            pause.cancel()
        }
    }

    func end() {
        let pause = state.withLock { state in
            state.hasEnded = true
            return state.current
        }
        pause?.cancel()
    }
}
