package import HTTPTransport
import Synchronization

/// A call as circuit breakers see it.
package struct GuardedCall: Sendable, Hashable {
    /// `skill.tool`.
    package var tool: String
    /// What the call depends on and others share: an HTTP origin, an MCP server; of other tools their skill.
    package var server: String
    /// How patient the run is.
    package var options: RecoveryOptions

    package init(tool: String, server: String, options: RecoveryOptions) {
        (self.tool, self.server, self.options) = (tool, server, options)
    }
}

/// The circuit breakers of a process, shared by its runs: one for each tool, and one for each server.
package final class BreakerBoard: Sendable {
    private enum Subject: Hashable {
        case tool(String)
        case server(String)
    }

    /// Runs of different patience do not judge for each other.
    private struct Key: Hashable {
        var subject: Subject
        var threshold: Int
        var openDuration: Duration
    }

    fileprivate struct Entry {
        var breaker: CircuitBreaker
        /// When the call that tries it out was admitted.
        var probe: ContinuousClock.Instant?
    }

    private let entries = Mutex<[Key: Entry]>([:])

    package init() {}

    /// Asks to make a call; a call that is admitted is to be reported by `record`.
    ///
    /// A breaker that was open admits one call at a time to try it out.
    package func admit(_ call: GuardedCall, at now: ContinuousClock.Instant) -> CircuitBreaker.Admission {
        entries.withLock { entries in
            let (server, tool) = Self.keys(of: call)
            let admission = Self.with(server, &entries) { $0.admit(at: now) }
            guard admission == .admitted else { return admission }
            let own = Self.with(tool, &entries) { $0.admit(at: now) }
            if own != .admitted { Self.with(server, &entries) { $0.recordAbandonment(at: now) } }
            return own
        }
    }

    /// What came of a call; only failures of the server, or of the way to it, count against it.
    package func record(_ failure: ToolFailure?, of call: GuardedCall, at now: ContinuousClock.Instant) {
        entries.withLock { entries in
            let (server, tool) = Self.keys(of: call)
            for key in [server, tool] {
                Self.with(key, &entries) { entry in
                    switch failure?.kind {
                    case .transient: entry.recordFailure(at: now)
                    case .cancelled: entry.recordAbandonment(at: now)
                    case nil, .invalidInput, .permanent, .policy: entry.recordSuccess()
                    }
                }
            }
        }
    }

    /// A call that was admitted is not made.
    package func abandon(_ call: GuardedCall, at now: ContinuousClock.Instant) {
        record(ToolFailure(.cancelled, code: "left", "the call was not made"), of: call, at: now)
    }

    private static func keys(of call: GuardedCall) -> (server: Key, tool: Key) {
        let (threshold, open) = (call.options.breakerThreshold, call.options.breakerOpenDuration)
        // One bad tool alone must not close the way to its neighbours.
        return (
            Key(subject: .server(call.server), threshold: 2 * threshold, openDuration: open),
            Key(subject: .tool(call.tool), threshold: threshold, openDuration: open)
        )
    }

    @discardableResult
    private static func with<Value>(
        _ key: Key,
        _ entries: inout [Key: Entry],
        _ use: (inout Entry) -> Value
    ) -> Value {
        var entry =
            entries[key]
            ?? Entry(breaker: CircuitBreaker(failureThreshold: key.threshold, openDuration: key.openDuration))
        let value = use(&entry)
        // What says nothing is not kept: a process may see many tools.
        entries[key] = entry.breaker.phase == .closed(failures: 0) ? nil : entry
        return value
    }
}

extension BreakerBoard.Entry {
    fileprivate mutating func admit(at now: ContinuousClock.Instant) -> CircuitBreaker.Admission {
        // Whoever was to try it out is gone without a word.
        if let probe, probe.duration(to: now) > max(breaker.openDuration, .seconds(120)) {
            recordAbandonment(at: now)
        }
        let admission = breaker.admit(at: now)
        if admission == .admitted, breaker.phase == .halfOpen { probe = now }
        return admission
    }

    fileprivate mutating func recordSuccess() {
        breaker.recordSuccess()
        probe = nil
    }

    fileprivate mutating func recordFailure(at now: ContinuousClock.Instant) {
        breaker.recordFailure(at: now)
        probe = nil
    }

    fileprivate mutating func recordAbandonment(at now: ContinuousClock.Instant) {
        breaker.recordAbandonment(at: now)
        probe = nil
    }
}
