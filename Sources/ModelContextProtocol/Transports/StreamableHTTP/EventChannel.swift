import HTTPTransport
import Synchronization

/// Server-sent events on their way from whoever makes them to the one client that reads them.
///
/// A reader that does not keep up loses what is not vital; what is vital waits for it, up to a bound that ends the stream.
final class EventChannel: Sendable {
    private struct State {
        var waiting: [[UInt8]] = []
        var waitingBytes = 0
        var reader: CheckedContinuation<[UInt8]?, Never>?
        var isFinished = false
        var onGone: (@Sendable () -> Void)?
        /// Waits until it is known whether anything is said before the response.
        var opening: CheckedContinuation<Message.Response?, Never>?
        var isOpen = false
        var early: Message.Response?
    }

    /// Bytes that may wait before what is not vital is dropped.
    private static let softLimit = 256 << 10
    /// Bytes that may wait before the stream ends: a result and what came before it.
    private static let hardLimit = 64 << 20
    private let state = Mutex(State())

    /// Sends a message as one event.
    ///
    /// - Parameter isVital: false for one that may be lost, such as progress.
    func send(_ message: Message, isVital: Bool = true) { put(Self.event(message), isVital: isVital) }

    private static func event(_ message: Message) -> [UInt8] {
        var event = Array("event: message\ndata: ".utf8)
        event += message.line
        event += [0x0A, 0x0A]
        return event
    }

    /// Waits for the response, or for the first event before it, or so long: after nil the channel is to be streamed.
    ///
    /// A request of which nothing is said before its response needs no stream.
    func response(within patience: Duration) async -> Message.Response? {
        let clock = Task {
            if (try? await Task.sleep(for: patience)) != nil { open() }
        }
        defer { clock.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { opening in
                let ready: Message.Response?? = state.withLock { state in
                    if state.isOpen || state.isFinished { return .some(state.early) }
                    state.opening = opening
                    return nil
                }
                if let ready { opening.resume(returning: ready) }
            }
        } onCancel: {
            gone()
        }
    }

    /// The response of the request: as a whole where nothing was said before it, else as the last event.
    func end(_ response: Message.Response) {
        let (isStreaming, opening) = state.withLock { state in
            // In one step, so that the end of the patience cannot come in between and lose the response.
            if !state.isOpen { state.early = response }
            defer { state.isOpen = true }
            return (state.isOpen, state.opening.take())
        }
        if isStreaming { send(.response(response)) } else { opening?.resume(returning: response) }
    }

    /// From here on what is said is streamed.
    private func open() {
        let opening = state.withLock { state in
            state.isOpen = true
            return state.opening.take()
        }
        opening?.resume(returning: nil)
    }

    /// Keeps what stands between from closing a quiet connection.
    func keepAlive() { put(Array(":\n\n".utf8), isVital: false) }

    /// Nothing more comes; what waits is still read.
    func finish() {
        let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, Never>? in
            state.isFinished = true
            return state.waiting.isEmpty ? state.reader.take() : nil
        }
        reader?.resume(returning: nil)
    }

    /// Called once when the client reads no more, or has gone.
    func whenGone(_ work: @escaping @Sendable () -> Void) { state.withLock { $0.onGone = work } }

    /// The body of a response that reads this channel. To be asked for once.
    func body() -> HTTPBody {
        let reader = Reader(channel: self)
        return HTTPBody { await reader.next() }
    }

    private func put(_ bytes: [UInt8], isVital: Bool) {
        open()
        let (reader, isTooMuch) = state.withLock { state -> (CheckedContinuation<[UInt8]?, Never>?, Bool) in
            guard !state.isFinished else { return (nil, false) }
            if let reader = state.reader.take() { return (reader, false) }
            guard state.waitingBytes < (isVital ? Self.hardLimit : Self.softLimit) else { return (nil, isVital) }
            state.waiting.append(bytes)
            state.waitingBytes += bytes.count
            return (nil, false)
        }
        reader?.resume(returning: bytes)
        // Whoever does not read what it asked for does not want the rest.
        if isTooMuch { gone() }
    }

    fileprivate func next() async -> [UInt8]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { reader in
                let ready: [UInt8]?? = state.withLock { state in
                    if !state.waiting.isEmpty {
                        defer {
                            state.waiting = []
                            state.waitingBytes = 0
                        }
                        return .some(.some(Array(state.waiting.joined())))
                    }
                    if state.isFinished || Task.isCancelled { return .some(nil) }
                    state.reader = reader
                    return nil
                }
                if let ready { reader.resume(returning: ready) }
            }
        } onCancel: {
            gone()
        }
    }

    fileprivate func gone() {
        let (reader, onGone) = state.withLock { state in
            state.isFinished = true
            state.waiting = []
            state.waitingBytes = 0
            return (state.reader.take(), state.onGone.take())
        }
        reader?.resume(returning: nil)
        open()
        onGone?()
    }
}

/// The reading end: when the server lets go of it, nobody reads any more.
private final class Reader: Sendable {
    private let channel: EventChannel

    init(channel: EventChannel) { self.channel = channel }

    deinit { channel.gone() }

    func next() async -> [UInt8]? { await channel.next() }
}
