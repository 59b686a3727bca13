/// One place of a pool, on a thread that may block: connected when it is first used, and again after it was lost.
actor PostgreSQLSession {
    private let address: PostgreSQLAddress
    private let settings: PostgreSQLPool.Settings
    private var connection: PostgreSQLConnection?

    private nonisolated let executor = BlockingExecutor(label: "postgresql-session")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(to address: PostgreSQLAddress, settings: PostgreSQLPool.Settings) {
        self.address = address
        self.settings = settings
    }

    func perform<Value: Sendable>(
        _ body: @Sendable (PostgreSQLConnection) throws -> Value
    ) throws -> Value {
        let connection = try connected()
        defer {
            // What is lost, or was left in the middle of a transaction, is of no use to the next one.
            if !connection.isConnected || connection.isInTransaction { self.connection = nil }
        }
        return try body(connection)
    }

    private func connected() throws -> PostgreSQLConnection {
        if let connection { return connection }
        let made = try PostgreSQLConnection(to: address, named: settings.applicationName, patience: settings.patience)
        if !settings.preparation.isEmpty { try made.execute(settings.preparation) }
        connection = made
        return made
    }
}
