package import ModelContextProtocol
package import PlanExecution
package import SkillRouting

/// How a gateway works.
package struct GatewayOptions: Sendable {
    /// Who decides about calls that may destroy something; `ask` asks the person behind the client.
    package var approval: ApprovalMode
    /// Tools shown beside the gateway's own, as `skill.tool`.
    package var pinned: [String]
    /// How long a session that is not used is kept.
    package var sessionLifetime: Duration
    package var maximumSessions: Int
    /// The folder tools read and write.
    package var workspace: String
    package var identity: Implementation

    package init(
        approval: ApprovalMode = .ask,
        pinned: [String] = [],
        sessionLifetime: Duration = .seconds(1_800),
        maximumSessions: Int = 200,
        workspace: String,
        identity: Implementation
    ) {
        self.approval = approval
        self.pinned = pinned
        self.sessionLifetime = sessionLifetime
        self.maximumSessions = maximumSessions
        self.workspace = workspace
        self.identity = identity
    }
}

/// One library a gateway serves.
package struct GatewayLibrary: Sendable {
    package var name: String
    package var router: SkillRouter
    package var library: SessionLibrary
    /// Makes a session over the library, of the given id.
    package var makeSession: @Sendable (_ id: String, _ approval: ToolApproval) async throws -> SkillSession

    package init(
        name: String,
        router: SkillRouter,
        library: SessionLibrary,
        makeSession: @escaping @Sendable (_ id: String, _ approval: ToolApproval) async throws -> SkillSession
    ) {
        self.name = name
        self.router = router
        self.library = library
        self.makeSession = makeSession
    }
}
