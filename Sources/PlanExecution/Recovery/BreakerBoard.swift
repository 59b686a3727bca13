package import HTTPTransport

/// The circuit breakers of a process: one for each tool, and one for each skill, whose tools often share a server.
package struct BreakerBoard: Sendable {
    private let options: RecoveryOptions
    private var breakers: [Key: CircuitBreaker] = [:]

    private enum Key: Hashable {
        case tool(String)
        case skill(String)
    }

    package init(_ options: RecoveryOptions) { self.options = options }

    /// Asks to call a tool; a call that is admitted is to be reported by `record`.
    package mutating func admit(
        tool: String,
        of skill: String,
        at now: ContinuousClock.Instant
    ) -> CircuitBreaker.Admission {
        let server = with(.skill(skill)) { $0.admit(at: now) }
        guard server == .admitted else { return server }
        let own = with(.tool("\(skill).\(tool)")) { $0.admit(at: now) }
        if own != .admitted { with(.skill(skill)) { $0.recordAbandonment(at: now) } }
        return own
    }

    /// What came of a call; only failures of the server, or of the way to it, count against it.
    package mutating func record(
        _ failure: ToolFailure?,
        of tool: String,
        of skill: String,
        at now: ContinuousClock.Instant
    ) {
        for key in [Key.skill(skill), .tool("\(skill).\(tool)")] {
            with(key) { breaker in
                switch failure?.kind {
                case .transient: breaker.recordFailure(at: now)
                case .cancelled: breaker.recordAbandonment(at: now)
                case nil, .invalidInput, .permanent, .policy: breaker.recordSuccess()
                }
            }
        }
    }

    @discardableResult
    private mutating func with<Value>(_ key: Key, _ use: (inout CircuitBreaker) -> Value) -> Value {
        var threshold = options.breakerThreshold
        if case .skill = key { threshold *= 2 }
        var breaker =
            breakers[key] ?? CircuitBreaker(failureThreshold: threshold, openDuration: options.breakerOpenDuration)
        defer { breakers[key] = breaker }
        return use(&breaker)
    }
}
