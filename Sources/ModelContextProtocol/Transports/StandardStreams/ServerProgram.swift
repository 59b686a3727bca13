package import Subprocesses

/// A program that is an MCP server over its standard streams, and what it may use.
package struct ServerProgram: Sendable, Hashable {
    package var command: String
    package var arguments: [String]
    package var environment: ChildEnvironment
    package var workingDirectory: String?
    /// Most bytes of one message it sends.
    package var maximumMessageBytes: Int
    /// How long it may take to answer the first question.
    package var startTimeout: Duration
    /// How long it has to end by itself once its input is closed.
    package var closingGrace: Duration

    package init(
        command: String,
        arguments: [String] = [],
        environment: ChildEnvironment = .inherited,
        workingDirectory: String? = nil,
        maximumMessageBytes: Int = 16 << 20,
        startTimeout: Duration = .seconds(30),
        closingGrace: Duration = .seconds(2)
    ) {
        self.command = command
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.maximumMessageBytes = maximumMessageBytes
        self.startTimeout = startTimeout
        self.closingGrace = closingGrace
    }
}
