import Synchronization

/// Getting a token, one at a time: who asks meanwhile waits for the same end.
final class SharedRenewal: Sendable {
    private let current = Mutex<SharedWork<Bool>?>(nil)

    /// - Returns: true where this call began the work, false where it joined.
    func run(_ work: @escaping @Sendable () async throws -> Void) async throws -> Bool {
        while true {
            let (shared, isOwn) = current.withLock { current in
                if let known = current, !known.isOver { return (known, false) }
                let made = SharedWork {
                    try await work()
                    return true
                }
                current = made
                return (made, true)
            }
            // Nil where everybody else had left just before: it is begun anew.
            if try await shared.value() != nil { return isOwn }
        }
    }
}
