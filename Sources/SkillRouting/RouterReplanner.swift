package import PlanExecution

/// Has a router look for another way when a run is at a dead end.
package struct RouterReplanner: Replanner {
    package let name = "router"
    private let router: @Sendable () async throws -> SkillRouter

    /// - Parameter router: asked when it is needed for the first time, and each time again.
    package init(_ router: @escaping @Sendable () async throws -> SkillRouter) { self.router = router }

    package func replan(_ request: ReplanRequest) async throws -> ReplanProposal {
        try await router().replan(request)
    }
}

/// A router that is opened when it is needed, once.
package actor RouterOnDemand {
    private let open: @Sendable () async throws -> SkillRouter
    private var opening: Task<SkillRouter, any Error>?

    package init(_ open: @escaping @Sendable () async throws -> SkillRouter) { self.open = open }

    package func router() async throws -> SkillRouter {
        if let opening { return try await opening.value }
        let open = open
        let task = Task { try await open() }
        opening = task
        do {
            return try await task.value
        } catch {
            // The next dead end may find it.
            opening = nil
            throw error
        }
    }
}
