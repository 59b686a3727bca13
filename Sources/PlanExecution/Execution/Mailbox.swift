import Synchronization

/// Messages of many tasks for one, which takes all that have come at once.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var waiter: CheckedContinuation<[Message], Never>?
    }

    private let state = Mutex(State())

    func post(_ message: Message) {
        let waiter = state.withLock { state -> CheckedContinuation<[Message], Never>? in
            guard let waiter = state.waiter else {
                state.messages.append(message)
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume(returning: [message])
    }

    /// Waits for at least one message. Cancelling the task does not end the wait: whoever cancels posts something.
    func take() async -> [Message] {
        await withCheckedContinuation { continuation in
            let messages = state.withLock { state -> [Message]? in
                guard !state.messages.isEmpty else {
                    state.waiter = continuation
                    return nil
                }
                defer { state.messages = [] }
                return state.messages
            }
            if let messages { continuation.resume(returning: messages) }
        }
    }
}
