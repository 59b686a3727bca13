import JSONSchema
import Synchronization

/// Sorts the notifications of a server: progress to the request it belongs to, everything else to one stream.
final class NoticeBoard: Sendable {
    typealias ProgressHandler = @Sendable (CallProgress) -> Void

    private struct State {
        var progress: [RequestID: ProgressHandler] = [:]
        var listeners: [Int: AsyncStream<ServerNotice>.Continuation] = [:]
        var lastListener = 0
    }

    /// A flood replaces what nobody has read yet.
    private static let buffered = 256
    private let state = Mutex(State())

    /// What the server says from now on.
    func notices() -> AsyncStream<ServerNotice> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ServerNotice.self,
            bufferingPolicy: .bufferingNewest(Self.buffered)
        )
        let number = state.withLock { state in
            state.lastListener += 1
            state.listeners[state.lastListener] = continuation
            return state.lastListener
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
        }
        return stream
    }

    func watch(_ token: RequestID, _ handler: @escaping ProgressHandler) {
        state.withLock { $0.progress[token] = handler }
    }

    func unwatch(_ token: RequestID) { state.withLock { _ = $0.progress.removeValue(forKey: token) } }

    func post(_ notice: ServerNotice) {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield(notice) }
    }

    func end() {
        let listeners = state.withLock { state in
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }

    /// Takes a notification in; one that is malformed, or unknown, is passed over.
    func receive(_ notification: Message.Notification) {
        let parameters = JSONValue.object(notification.parameters)
        switch notification.method {
        case Method.progress:
            guard let params = try? ProgressParams(json: parameters) else { return }
            let handler = state.withLock { $0.progress[params.progressToken] }
            handler?(CallProgress(progress: params.progress, total: params.total, message: params.message))
        case Method.toolsChanged: post(.toolsChanged)
        case Method.promptsChanged: post(.promptsChanged)
        case Method.resourcesChanged: post(.resourcesChanged)
        case Method.resourceUpdated:
            if let uri = notification.parameters["uri"]?.stringValue { post(.resourceUpdated(uri: uri)) }
        case Method.logMessage:
            if let params = try? LogMessageParams(json: parameters) { post(.log(params)) }
        default: break
        }
    }
}
