import CommandLineInterface

/// `skillweaver mcp`
enum McpCommands {
    static let group = CommandGroup(
        "mcp",
        "Bring this program and clients of the Model Context Protocol together.",
        [McpInstallCommand()]
    )
}
