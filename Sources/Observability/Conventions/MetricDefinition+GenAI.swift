// Metrics of the semantic conventions for generative AI and MCP, with the buckets they advise.
extension MetricDefinition {
    private static let operationBounds = [
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    ]
    private static let protocolBounds: [Double] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300]

    package static let clientOperationDuration = histogram(
        "gen_ai.client.operation.duration",
        unit: "s",
        bounds: operationBounds,
        "GenAI operation duration."
    )
    package static let clientTokenUsage = histogram(
        "gen_ai.client.token.usage",
        unit: "{token}",
        bounds: [
            1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
        ],
        "Number of input and output tokens used."
    )
    package static let executeToolDuration = histogram(
        "gen_ai.execute_tool.duration",
        unit: "s",
        bounds: operationBounds,
        "The duration of a single tool execution."
    )
    package static let workflowDuration = histogram(
        "gen_ai.workflow.duration",
        unit: "s",
        bounds: [1, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200],
        "GenAI workflow duration."
    )
    package static let mcpClientDuration = histogram(
        "mcp.client.operation.duration",
        unit: "s",
        bounds: protocolBounds,
        "The duration of an MCP request as observed by its sender."
    )
    package static let mcpServerDuration = histogram(
        "mcp.server.operation.duration",
        unit: "s",
        bounds: protocolBounds,
        "The duration of an MCP request as observed by its receiver."
    )
}
