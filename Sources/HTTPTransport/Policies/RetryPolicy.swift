/// When a call that failed is tried again: after exponentially growing waits with full jitter.
///
/// Each wait is drawn evenly from nothing up to its bound, so that callers that failed together do not come back together
/// (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
package struct RetryPolicy: Sendable, Hashable {
    /// Most attempts in all, the first included; at least 1.
    package var attempts: Int
    /// Bound of the wait before the second attempt; it doubles with each attempt.
    package var baseDelay: Duration
    /// Most the bound grows to.
    package var maximumDelay: Duration
    /// Longest wait a server can ask for; a longer one is shortened to it.
    package var maximumRetryAfter: Duration

    package init(
        attempts: Int = 3,
        baseDelay: Duration = .milliseconds(500),
        maximumDelay: Duration = .seconds(20),
        maximumRetryAfter: Duration = .seconds(60)
    ) {
        self.attempts = max(1, attempts)
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.maximumRetryAfter = maximumRetryAfter
    }

    /// One attempt and no more.
    package static let never = RetryPolicy(attempts: 1)

    /// How long to wait before the next attempt; nil when there is to be none.
    ///
    /// - Parameters:
    ///   - attempt: how many attempts there were, from 1.
    ///   - retryAfter: what the server asked for; it is waited for at least, up to `maximumRetryAfter`.
    package func delay(
        afterAttempt attempt: Int,
        retryAfter: Duration? = nil,
        using random: inout some RandomNumberGenerator
    ) -> Duration? {
        guard attempt < attempts else { return nil }
        let doublings = min(max(0, attempt - 1), 40)
        let bound = min(baseDelay * Double(1 << doublings), maximumDelay)
        let jittered = bound * Double.random(in: 0...1, using: &random)
        guard let retryAfter else { return jittered }
        return min(retryAfter, maximumRetryAfter) + min(jittered, baseDelay)
    }
}
