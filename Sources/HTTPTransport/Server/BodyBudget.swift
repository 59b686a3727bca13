import Synchronization

/// How many bytes the bodies of all open requests may have together: a limit for each alone would let many clients
/// together fill the memory.
final class BodyBudget: Sendable {
    private let limit: Int
    private let held = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    /// False where there is no room; nothing is taken then.
    func take(_ count: Int) -> Bool {
        guard held.wrappingAdd(count, ordering: .relaxed).newValue <= limit else {
            giveBack(count)
            return false
        }
        return true
    }

    func giveBack(_ count: Int) { held.wrappingSubtract(count, ordering: .relaxed) }
}
