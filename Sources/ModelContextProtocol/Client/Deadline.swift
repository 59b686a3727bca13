/// Does something for at most so long.
///
/// - Throws: `ConnectionError.timedOut`, after the work was cancelled and has ended; or what the work throws.
package func withDeadline<Value: Sendable>(
    _ duration: Duration,
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: duration)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else {
            throw ConnectionError.timedOut(after: duration)
        }
        return value
    }
}
