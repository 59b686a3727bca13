import Glibc
import PlanExecution
import Synchronization

/// Counts tokens that were not valid by who sent them, so that one who guesses is told to stop.
///
/// A token has 256 random bits and cannot be guessed; this keeps guesses from being cheap, and from filling the log. Whoever
/// shows a valid token is let in meanwhile: somebody else's guesses from the same address lock nobody out.
final class FailedTokens: Sendable {
    private struct Count {
        var begun: Int64
        var failures: Int
    }

    /// Failures in a minute that are answered as such.
    private let limit: Int
    /// Senders that are told apart at a time; all others count as one.
    private let capacity: Int
    private let counts = Mutex<[String: Count]>([:])

    private static let window: Int64 = 60
    private static let others = ""

    init(limit: Int = 20, capacity: Int = 1_024) {
        self.limit = limit
        self.capacity = capacity
    }

    /// Notes a failure.
    ///
    /// - Parameter peer: the address it comes from.
    /// - Returns: the seconds to wait where there were too many; nil where there were not.
    func note(_ peer: String, at now: RunTime) -> Int? {
        let now = now.milliseconds / 1_000
        let sender = Self.sender(peer)
        return counts.withLock { counts in
            var key = sender
            if counts[key] == nil, counts.count >= capacity {
                counts = counts.filter { Self.isOpen($0.value, now) }
                if counts.count >= capacity { key = Self.others }
            }
            var count = counts[key] ?? Count(begun: now, failures: 0)
            if !Self.isOpen(count, now) { count = Count(begun: now, failures: 0) }
            count.failures += 1
            counts[key] = count
            return count.failures > limit ? Int(max(1, count.begun + Self.window - now)) : nil
        }
    }

    private static func isOpen(_ count: Count, _ now: Int64) -> Bool {
        // A clock that was set back must not make a window long.
        (count.begun..<count.begun + window).contains(now)
    }

    /// One sender: an IPv4 address, or the first half of an IPv6 address, of which one machine has many.
    private static func sender(_ peer: String) -> String {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, peer, &bytes) == 1 else { return peer }
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        if isMapped { return bytes.suffix(4).map { "\($0)" }.joined(separator: ".") }
        return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "::"
    }
}
