/// How a server has been doing since this process knows it.
package struct ServerHealth: Sendable, Hashable {
    package enum Phase: String, Sendable, Hashable, CaseIterable {
        /// Not needed so far.
        case idle
        case starting
        case ready
        /// It broke; the next call starts it again.
        case broken
        /// It breaks again and again, and is left alone for a while.
        case resting
        case disabled
    }

    package var phase = Phase.idle
    package var starts = 0
    package var calls = 0
    /// Calls that brought no result: the server broke, was silent, or did not keep to the protocol.
    package var failures = 0
    package var lastProblem: String?
    /// From the start to the end of the handshake.
    package var startTime: Duration?
    /// The version that is spoken with it.
    package var version: String?
    /// What the server wrote beside messages, the end of it.
    package var remarks = ""

    package init() {}
}
