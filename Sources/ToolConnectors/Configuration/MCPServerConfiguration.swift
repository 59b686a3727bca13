package import HTTPTransport
import ModelContextProtocol

/// One server of the Model Context Protocol, as a client's configuration describes it; variables are filled in.
package struct MCPServerConfiguration: Sendable, Hashable {
    /// How the server is reached.
    package enum Transport: Sendable, Hashable {
        case stdio(Process)
        case http(Endpoint)
    }

    /// A program that speaks the protocol over its standard input and output.
    package struct Process: Sendable, Hashable {
        package var command: String
        package var arguments: [String]
        /// Set for the program, beside what it gets anyway.
        package var environment: [String: String]
        /// Absolute; nil for the folder the configuration belongs to.
        package var workingFolder: String?

        package init(
            command: String,
            arguments: [String] = [],
            environment: [String: String] = [:],
            workingFolder: String? = nil
        ) {
            self.command = command
            self.arguments = arguments
            self.environment = environment
            self.workingFolder = workingFolder
        }
    }

    /// An address that speaks the protocol over Streamable HTTP.
    package struct Endpoint: Sendable, Hashable {
        package var url: HTTPURL
        /// Sent with every request; may hold secrets.
        package var headers: HTTPHeaders

        package init(url: HTTPURL, headers: HTTPHeaders = [:]) {
            self.url = url
            self.headers = headers
        }
    }

    package var name: String
    package var transport: Transport
    /// The user has switched it off: it is listed and never started.
    package var isDisabled: Bool
    package var settings: MCPServerSettings

    package init(
        name: String,
        transport: Transport,
        isDisabled: Bool = false,
        settings: MCPServerSettings = MCPServerSettings()
    ) {
        self.name = name
        self.transport = transport
        self.isDisabled = isDisabled
        self.settings = settings
    }

    /// Values that no log, journal or prompt may show.
    package var secrets: [String] {
        switch transport {
        case .stdio(let process): process.environment.sorted { $0.key < $1.key }.map(\.value).filter { !$0.isEmpty }
        case .http(let endpoint):
            endpoint.headers.fields.filter { Redaction.hidesHeader($0.name) }.map(\.value)
                + [settings.authorization.clientSecret].compactMap { $0?.reveal() }
        }
    }
}

extension MCPServerConfiguration.Process: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The command line; of the environment only the names.
    package var description: String {
        let names = environment.keys.sorted().map { "\($0)=\(Redaction.mark)" }
        return (names + [command] + arguments).joined(separator: " ")
    }

    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
