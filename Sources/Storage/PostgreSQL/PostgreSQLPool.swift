/// A bounded number of connections to one database, shared by all who read from it.
package actor PostgreSQLPool {
    package struct Settings: Sendable {
        /// Most connections at a time; more readers wait for their turn.
        package var limit = 4
        /// What the server calls these connections.
        package var applicationName = "skillweaver"
        package var patience = PostgreSQLConnection.Patience()
        package var reconnects = ReconnectPolicy()
        /// Statements that every new connection begins with.
        package var preparation = ""

        package init() {}
    }

    package nonisolated let address: PostgreSQLAddress
    private nonisolated let settings: Settings
    private var idle: [PostgreSQLSession] = []
    private var count = 0
    /// Whether a connection was ever made.
    private var wasConnected = false
    private var waiting: [(id: Int, turn: CheckedContinuation<PostgreSQLSession, any Error>)] = []
    private var lastTicket = 0

    package init(to address: PostgreSQLAddress, settings: Settings = Settings()) {
        self.address = address
        self.settings = settings
    }

    /// Runs something that can be run again: when the connection is lost, it is tried anew on another one.
    ///
    /// - Parameter isPatient: false for what is not worth waiting for, and then is tried once.
    /// - Throws: `StorageError` of kind `unreachable` when no attempt got through, and what `body` throws.
    package nonisolated func read<Value: Sendable>(
        isPatient: Bool = true,
        _ body: @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        var random = SystemRandomNumberGenerator()
        var attempt = 1
        while true {
            do {
                return try await once(body)
            } catch let error as StorageError where error.kind == .unreachable && isPatient {
                let delay = settings.reconnects.delay(
                    afterAttempt: attempt,
                    wasConnected: await wasConnected,
                    using: &random
                )
                guard let delay else { throw error.afterAttempts(attempt) }
                try await Task.sleep(for: delay)
                attempt += 1
            }
        }
    }

    private nonisolated func once<Value: Sendable>(
        _ body: @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        let session = try await take()
        do {
            let value = try await session.perform(body)
            await giveBack(session, isConnected: true)
            return value
        } catch {
            await giveBack(session, isConnected: false)
            throw error
        }
    }

    // MARK: - Turns

    private func take() async throws -> PostgreSQLSession {
        try Task.checkCancellation()
        if let session = idle.popLast() { return session }
        if count < settings.limit {
            count += 1
            return PostgreSQLSession(to: address, settings: settings)
        }
        lastTicket += 1
        let ticket = lastTicket
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { turn in
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled {
                    turn.resume(throwing: CancellationError())
                } else {
                    waiting.append((ticket, turn))
                }
            }
        } onCancel: {
            Task { await self.leave(ticket) }
        }
    }

    private func leave(_ ticket: Int) {
        guard let place = waiting.firstIndex(where: { $0.id == ticket }) else { return }
        waiting.remove(at: place).turn.resume(throwing: CancellationError())
    }

    private func giveBack(_ session: PostgreSQLSession, isConnected: Bool) {
        if isConnected { wasConnected = true }
        if waiting.isEmpty { idle.append(session) } else { waiting.removeFirst().turn.resume(returning: session) }
    }
}
