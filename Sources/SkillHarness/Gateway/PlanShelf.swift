import ModelContextProtocol
import PlanComposition

/// Plans that were made for clients and may be run soon.
actor PlanShelf {
    private static let limit = 500
    private static let lifetime = Duration.seconds(3_600)

    private struct Entry {
        var plan: Plan
        var principal: String
        var end: ContinuousClock.Instant
    }

    private var entries: [String: Entry] = [:]
    private var order: [String] = []

    /// Keeps a plan.
    ///
    /// - Returns: its id, which nobody can guess.
    func keep(_ plan: Plan, for principal: String) -> String {
        let id = "plan-" + RandomBytes.identifier()
        entries[id] = Entry(plan: plan, principal: principal, end: .now + Self.lifetime)
        order.append(id)
        while order.count > Self.limit { entries.removeValue(forKey: order.removeFirst()) }
        return id
    }

    func plan(_ id: String, for principal: String) throws(GatewayProblem) -> Plan {
        guard let entry = entries[id], entry.principal == principal, entry.end > .now else {
            throw GatewayProblem("there is no plan of that id, or no longer; call plan_request again")
        }
        return entry.plan
    }
}
