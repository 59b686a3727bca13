import Synchronization

/// One client of the legacy era over HTTP, from its handshake until it leaves or is silent for too long.
final class LegacySession: Sendable {
    let id: String
    let agreement: LegacyAgreement
    let principal: String
    let inFlight = InFlightRequests()
    let questions = PendingReplies()
    let subscriptions = ResourceSubscriptions()
    private let state: Mutex<State>

    private struct State {
        var lastUse: ContinuousClock.Instant
        var lastQuestion: Int64 = 0
        var stream: EventChannel?
    }

    init(_ agreement: LegacyAgreement, principal: String, now: ContinuousClock.Instant) {
        id = RandomBytes.identifier()
        self.agreement = agreement
        self.principal = principal
        state = Mutex(State(lastUse: now))
    }

    var lastUse: ContinuousClock.Instant {
        get { state.withLock { $0.lastUse } }
        set { state.withLock { $0.lastUse = newValue } }
    }

    func nextQuestion() -> RequestID {
        state.withLock { state in
            state.lastQuestion += 1
            return .string("question-\(state.lastQuestion)")
        }
    }

    /// A client listens on one stream; a new one takes the place of the old.
    func listen(on stream: EventChannel) {
        let old = state.withLock { state in
            defer { state.stream = stream }
            return state.stream
        }
        old?.finish()
    }

    func end() {
        inFlight.cancelAll()
        questions.end(.closed)
        state.withLock { $0.stream.take() }?.finish()
    }
}

/// The sessions of the legacy era.
actor LegacySessions {
    private let limit: Int
    private let lifetime: Duration
    private var sessions: [String: LegacySession] = [:]

    /// - Parameter lifetime: how long a session may be silent.
    init(limit: Int, lifetime: Duration) {
        self.limit = limit
        self.lifetime = lifetime
    }

    var count: Int { sessions.count }

    /// Begins a session; where there are too many, the one that was silent longest makes room.
    func begin(_ agreement: LegacyAgreement, principal: String) -> LegacySession {
        let now = ContinuousClock.now
        for session in sessions.values where session.lastUse + lifetime < now { end(session.id) }
        while sessions.count >= limit, let oldest = sessions.values.min(by: { $0.lastUse < $1.lastUse }) {
            end(oldest.id)
        }
        let session = LegacySession(agreement, principal: principal, now: now)
        sessions[session.id] = session
        return session
    }

    /// The session of that name, if it is that principal's.
    func find(_ id: String, principal: String) -> LegacySession? {
        guard let session = sessions[id], session.principal == principal else { return nil }
        let now = ContinuousClock.now
        guard session.lastUse + lifetime >= now else {
            end(id)
            return nil
        }
        session.lastUse = now
        return session
    }

    func end(_ id: String) { sessions.removeValue(forKey: id)?.end() }

    func endAll() {
        for session in sessions.values { session.end() }
        sessions = [:]
    }
}
