import JSONSchema
import ModelContextProtocol

extension BuiltValue {
    static let client = Implementation(
        name: "weaver",
        version: "1.0",
        title: "Weaver",
        description: "Weaves.",
        websiteURL: "https://example.com"
    )

    static let clientCapabilities = ClientCapabilities(
        elicitation: ElicitationCapability(form: true, url: true),
        sampling: SamplingCapability(context: true, tools: true),
        roots: ListCapability(listChanged: true),
        extensions: ["io.modelcontextprotocol/tasks": [:]]
    )

    static let serverCapabilities = ServerCapabilities(
        tools: ListCapability(listChanged: true),
        resources: ResourcesCapability(subscribe: true, listChanged: false),
        prompts: ListCapability(),
        logging: [:],
        completions: [:],
        extensions: ["io.modelcontextprotocol/tasks": [:]]
    )

    static let cache = CacheHint(ttlMs: 60_000, scope: .private)

    static let lifecycle: [BuiltValue] = [
        BuiltValue("Implementation", client),
        BuiltValue("Implementation", Implementation(name: "a", version: "")),
        BuiltValue("ClientCapabilities", clientCapabilities),
        BuiltValue("ClientCapabilities", ClientCapabilities()),
        BuiltValue("ServerCapabilities", serverCapabilities),
        BuiltValue("ServerCapabilities", ServerCapabilities()),
        BuiltValue(
            "DiscoverResult",
            in: [.modern],
            DiscoverResult(
                supportedVersions: ["2026-07-28", "2025-11-25"],
                capabilities: serverCapabilities,
                instructions: "Search first.",
                cache: CacheHint(ttlMs: 0, scope: .public)
            )
        ),
        BuiltValue(
            "InitializeRequestParams",
            in: [.legacy],
            InitializeParams(
                protocolVersion: "2025-11-25",
                capabilities: clientCapabilities,
                clientInfo: client
            )
        ),
        BuiltValue(
            "InitializeResult",
            in: [.legacy],
            InitializeResult(
                protocolVersion: "2025-11-25",
                capabilities: serverCapabilities,
                serverInfo: client,
                instructions: "Search first."
            )
        ),
    ]
}
