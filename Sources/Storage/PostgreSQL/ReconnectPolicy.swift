/// When something is tried again whose connection was lost: after growing waits of random length.
package struct ReconnectPolicy: Sendable, Hashable {
    /// Most attempts in all, the first included; enough for a server that restarts or a standby that takes over.
    package var attempts = 8
    /// Most attempts where no connection was ever made: the address is more likely wrong than the server restarting.
    package var firstAttempts = 2
    /// Bound of the first wait; it grows fourfold with each.
    package var firstDelay = Duration.milliseconds(50)
    /// Most the bound grows to.
    package var longestDelay = Duration.seconds(2)

    package init() {}

    /// How long to wait after so many attempts, from 1; nil when there is to be no other.
    ///
    /// The first retry comes at once: a connection that was idle for long is often just stale. Later waits are between
    /// half the bound and the bound, so that many clients do not come back in one moment.
    package func delay(
        afterAttempt attempt: Int,
        wasConnected: Bool = true,
        using random: inout some RandomNumberGenerator
    ) -> Duration? {
        guard attempt < (wasConnected ? attempts : min(attempts, firstAttempts)) else { return nil }
        guard attempt > 1 else { return .zero }
        let bound = min(firstDelay * Double(1 << min(2 * (attempt - 1), 20)), longestDelay)
        return bound * Double.random(in: 0.5...1, using: &random)
    }
}
