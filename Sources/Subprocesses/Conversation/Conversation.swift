/// A running child that takes and says lines: requests and replies, or messages in both directions.
///
/// It works like `Subprocess.run` otherwise: a process group of its own, killed with this process, its end noticed at once
/// even when a grandchild holds its streams. When nobody holds the conversation any more the child is stopped.
package final class Conversation: Sendable {
    private let state: ConversationState

    init(_ state: ConversationState) { self.state = state }

    deinit { state.requestStop() }

    /// Hands a line to the child, without waiting until it is read. A line break is added; the line must hold none.
    package func send(_ line: [UInt8]) throws(ConversationError) { try state.send(line) }

    /// The next line the child says, without its line break. Lines that nobody waits for are kept, in order.
    ///
    /// - Parameter patience: how long is waited; nil waits without end.
    package func receive(within patience: Duration? = nil) async throws(ConversationError) -> [UInt8] {
        let ticket = state.nextTicket()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { state.wait(ticket, within: patience, $0) }
        } onCancel: {
            state.cancel(ticket)
        }
        state.forget(ticket)
        return try outcome.get()
    }

    /// What the child wrote on standard error since this was asked last; of much, the end.
    package func takeRemarks() -> [UInt8] { state.takeRemarks() }

    /// The path of the program.
    package var executablePath: String { state.executable }

    /// Nothing more can be said, and nothing of the child is left.
    package var isOver: Bool { state.isOver }

    /// Says that nothing more will be said, by closing the child's input once what was sent is read, and lets it end by
    /// itself; stops it where it takes longer. Returns when nothing is left.
    package func close(within patience: Duration) async {
        state.endInput()
        let clock = Task { [state] in
            try? await Task.sleep(for: patience)
            if !Task.isCancelled { state.requestStop() }
        }
        await withCheckedContinuation { state.waitForEnd($0) }
        clock.cancel()
    }

    /// Stops the child and its whole group; returns when nothing is left.
    package func stop() async {
        state.requestStop()
        await withCheckedContinuation { state.waitForEnd($0) }
    }
}

extension Subprocess {
    /// Starts the program and keeps it for a conversation in lines over its standard streams.
    package func converse(limits: ConversationLimits = ConversationLimits()) async throws(SubprocessError)
        -> Conversation
    {
        let launch = try launch()
        let state = ConversationState(executable: launch.path, limits: limits, wake: try WakeChannel())
        let started: Result<Void, SubprocessError> = await withCheckedContinuation { continuation in
            // The child lives as long as the thread that starts it, so that thread is the one that listens to it.
            let code = startThread {
                do throws(SubprocessError) {
                    let session = try ConversationSession(launch, state)
                    continuation.resume(returning: .success(()))
                    let end = session.run()
                    state.finish(end.status, lineWasTooLong: end.lineWasTooLong)
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
            if code != 0 {
                continuation.resume(returning: .failure(.spawnFailed(executable: launch.path, errno: code)))
            }
        }
        try started.get()
        return Conversation(state)
    }
}
