import ModelContextProtocol
import PlanExecution

/// The sessions of a gateway's clients, found by handles nobody can guess.
///
/// A handle belongs to whoever got it, and ends when it is not used for a while. Calls without one share a session in
/// which nothing is loaded.
actor GatewaySessions {
    private struct Entry {
        var session: SkillSession
        var principal: String
        var lastUse: ContinuousClock.Instant
    }

    private let library: GatewayLibrary
    private let options: GatewayOptions
    private let rules: ApprovalRules
    private var entries: [String: Entry] = [:]
    private var shared: [String: Task<SkillSession, any Error>] = [:]

    /// - Parameter rules: the user's standing decisions about tools.
    init(_ library: GatewayLibrary, _ options: GatewayOptions, rules: ApprovalRules) {
        self.library = library
        self.options = options
        self.rules = rules
    }

    var count: Int { entries.count }

    /// A new session.
    func begin(for principal: String) async throws -> (handle: String, session: SkillSession) {
        await sweep()
        let handle = RandomBytes.identifier()
        let session = try await library.makeSession("gateway-\(handle)", approval)
        entries[handle] = Entry(session: session, principal: principal, lastUse: .now)
        return (handle, session)
    }

    /// The session of a handle.
    ///
    /// - Throws: `GatewayProblem` for a handle that has expired, or never was this principal's: nobody learns which.
    func find(_ handle: String, for principal: String) async throws(GatewayProblem) -> SkillSession {
        guard let entry = entries[handle], entry.principal == principal,
            entry.lastUse + options.sessionLifetime > .now
        else {
            throw GatewayProblem(
                "that session has expired or never was; call load_skill without `session` to begin another"
            )
        }
        entries[handle]?.lastUse = .now
        return entry.session
    }

    /// The session of calls that name none.
    func shared(for principal: String) async throws -> SkillSession {
        if let task = shared[principal] { return try await task.value }
        let (library, approval) = (library, approval)
        let task = Task { try await library.makeSession("gateway-\(RandomBytes.identifier())", approval) }
        shared[principal] = task
        do { return try await task.value } catch {
            shared[principal] = nil
            throw error
        }
    }

    func close() async {
        for entry in entries.values { await entry.session.close() }
        for task in shared.values { await (try? task.value)?.close() }
        entries = [:]
        shared = [:]
    }

    /// Ends sessions that were not used for long, and the oldest where there are too many.
    private func sweep() async {
        let now = ContinuousClock.now
        var gone = entries.filter { $0.value.lastUse + options.sessionLifetime <= now }.map(\.key)
        let kept = entries.count - gone.count
        if kept >= options.maximumSessions {
            let oldest = entries.filter { !gone.contains($0.key) }.sorted { $0.value.lastUse < $1.value.lastUse }
            gone += oldest.prefix(kept - options.maximumSessions + 1).map(\.key)
        }
        for handle in gone { await entries.removeValue(forKey: handle)?.session.close() }
    }

    /// The person behind the client is asked before the call comes here.
    private nonisolated var approval: ToolApproval {
        ToolApproval(ApprovalPolicy(mode: options.approval, rules: rules)) { _ in CallConsent.isGiven }
    }
}

/// Whether the person behind the client has agreed to the call that is being made.
enum CallConsent {
    @TaskLocal static var isGiven = false
}

/// Something a client's model did wrong, or that cannot be done: said as the result of the call, so that the model reads it.
package struct GatewayProblem: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    init(_ description: String) { self.description = description }
}
