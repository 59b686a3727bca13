package import JSONSchema

/// What a server offers; the engine around it speaks both eras.
///
/// Contract: it keeps no state between calls that a client would have to know of; `ProtocolError`s it throws are answered
/// as they are, every other error as an internal one; work ends when its task is cancelled.
package protocol ServerSurface: Sendable {
    var identity: Implementation { get }
    /// How a model is to use the server.
    var instructions: String? { get }
    var capabilities: ServerCapabilities { get }
    /// How long lists stay as they are, and for whom.
    var listLifetime: CacheHint { get }

    func tools(after cursor: String?) async throws -> ToolsPage
    func callTool(_ call: ToolRequest, _ context: RequestContext) async throws -> ToolReply

    func resources(after cursor: String?) async throws -> ResourcesPage
    func resourceTemplates(after cursor: String?) async throws -> ResourceTemplatesPage
    func readResource(_ uri: String, _ context: RequestContext) async throws -> ReadResourceResult

    /// Tasks that `callTool` began.
    func task(_ id: String, _ context: RequestContext) async throws -> TaskState
    func updateTask(_ id: String, _ answers: JSONObject, _ context: RequestContext) async throws
    func cancelTask(_ id: String, _ context: RequestContext) async throws

    /// What changes, from now on, of what was subscribed to; nil where nothing ever does.
    func changes() -> AsyncStream<SurfaceChange>?
}

/// A change a client may want to hear of.
package enum SurfaceChange: Sendable, Hashable {
    case tools
    case resources
    case resource(uri: String)
}

/// One call of a tool.
package struct ToolRequest: Sendable, Hashable {
    package var name: String
    package var arguments: JSONObject
    /// Answers to the questions of the round before, by the name of the question.
    package var answers: JSONObject?
    /// The state of the round before, as it was given with its questions.
    package var state: JSONValue?

    package init(name: String, arguments: JSONObject, answers: JSONObject? = nil, state: JSONValue? = nil) {
        self.name = name
        self.arguments = arguments
        self.answers = answers
        self.state = state
    }
}

/// What a call of a tool leads to.
package enum ToolReply: Sendable {
    case result(CallToolResult)
    /// The call goes on once these are answered; `state` comes back with the answers.
    case questions(InputRequests, state: JSONValue)
    /// The call goes on as a task; only for clients that know tasks.
    case task(TaskSummary)
}

/// Who asks, and what can be said to them while the request lasts.
package struct RequestContext: Sendable {
    package var version: ProtocolVersion
    package var client: Implementation?
    package var capabilities: ClientCapabilities
    /// Who is behind the client, as the transport knows it; the same text, the same principal.
    package var principal: String
    package var trace: TraceContext
    /// Says how far the request is; nothing where the client did not ask.
    package var progress: @Sendable (CallProgress) -> Void

    package init(
        version: ProtocolVersion,
        client: Implementation? = nil,
        capabilities: ClientCapabilities = ClientCapabilities(),
        principal: String = "",
        trace: TraceContext = TraceContext(),
        progress: @escaping @Sendable (CallProgress) -> Void = { _ in }
    ) {
        self.version = version
        self.client = client
        self.capabilities = capabilities
        self.principal = principal
        self.trace = trace
        self.progress = progress
    }

    /// The client can wait for a task instead of a result.
    package var takesTasks: Bool { capabilities.supports(extension: ProtocolExtension.tasks) }
}
