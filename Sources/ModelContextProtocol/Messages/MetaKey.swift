/// The names the protocol reserves in `_meta`.
package enum MetaKey {
    package static let meta = "_meta"
    package static let protocolVersion = "io.modelcontextprotocol/protocolVersion"
    package static let clientInfo = "io.modelcontextprotocol/clientInfo"
    package static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
    package static let logLevel = "io.modelcontextprotocol/logLevel"
    package static let serverInfo = "io.modelcontextprotocol/serverInfo"
    package static let subscriptionID = "io.modelcontextprotocol/subscriptionId"
    package static let progressToken = "progressToken"
    /// W3C Trace Context travels under its own names.
    package static let traceNames = ["traceparent", "tracestate", "baggage"]
}

/// The names of the methods.
package enum Method {
    package static let initialize = "initialize"
    package static let initialized = "notifications/initialized"
    package static let ping = "ping"
    package static let discover = "server/discover"
    package static let listTools = "tools/list"
    package static let callTool = "tools/call"
    package static let listResources = "resources/list"
    package static let listResourceTemplates = "resources/templates/list"
    package static let readResource = "resources/read"
    package static let subscribeResource = "resources/subscribe"
    package static let unsubscribeResource = "resources/unsubscribe"
    package static let listPrompts = "prompts/list"
    package static let getPrompt = "prompts/get"
    package static let complete = "completion/complete"
    package static let setLogLevel = "logging/setLevel"
    package static let listen = "subscriptions/listen"
    package static let elicit = "elicitation/create"
    package static let sample = "sampling/createMessage"
    package static let listRoots = "roots/list"
    package static let getTask = "tasks/get"
    package static let updateTask = "tasks/update"
    package static let cancelTask = "tasks/cancel"

    package static let cancelled = "notifications/cancelled"
    package static let progress = "notifications/progress"
    package static let logMessage = "notifications/message"
    package static let toolsChanged = "notifications/tools/list_changed"
    package static let promptsChanged = "notifications/prompts/list_changed"
    package static let resourcesChanged = "notifications/resources/list_changed"
    package static let resourceUpdated = "notifications/resources/updated"
    package static let acknowledged = "notifications/subscriptions/acknowledged"
    package static let taskChanged = "notifications/tasks"
}

/// How a result says what it is.
package enum ResultType {
    package static let member = "resultType"
    package static let complete = "complete"
    package static let inputRequired = "input_required"
    package static let task = "task"
}

/// The extensions spoken here.
package enum ProtocolExtension {
    package static let tasks = "io.modelcontextprotocol/tasks"
}
