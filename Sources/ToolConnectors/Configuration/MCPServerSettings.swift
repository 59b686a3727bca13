package import ModelContextProtocol

/// What a user says about one server beyond the configuration's own words, in its member `skillweaver`.
///
/// ```json
/// "git": {"command": "uvx", "args": ["mcp-server-git"],
///         "skillweaver": {"trusted": true, "concurrency": 2, "call_timeout": 30, "pinned": ["git_status"]}}
/// ```
package struct MCPServerSettings: Sendable, Hashable {
    /// How the tools of a large server become skills.
    package enum Toolsets: String, Sendable, Hashable, CaseIterable {
        /// By the first word of their names, where there are many.
        case prefix
        /// All in one.
        case none
    }

    /// What the server says about its tools (read-only, idempotent) is believed.
    package var isTrusted: Bool
    package var toolsets: Toolsets
    /// Longest time from the start to the first list of tools.
    package var startTimeout: Duration
    /// Longest duration of one call.
    package var callTimeout: Duration
    /// Calls at a time; more wait.
    package var concurrency: Int
    /// Most bytes of one result.
    package var outputLimit: Int
    /// Tools that are shown without being looked for.
    package var pinned: [String]
    /// How tokens for the server are had, where it wants some.
    package var authorization: AuthorizationSettings

    package init(
        isTrusted: Bool = false,
        toolsets: Toolsets = .prefix,
        startTimeout: Duration = .seconds(30),
        callTimeout: Duration = .seconds(60),
        concurrency: Int = 8,
        outputLimit: Int = 8 << 20,
        pinned: [String] = [],
        authorization: AuthorizationSettings = AuthorizationSettings()
    ) {
        self.isTrusted = isTrusted
        self.toolsets = toolsets
        self.startTimeout = startTimeout
        self.callTimeout = callTimeout
        self.concurrency = concurrency
        self.outputLimit = outputLimit
        self.pinned = pinned
        self.authorization = authorization
    }
}
