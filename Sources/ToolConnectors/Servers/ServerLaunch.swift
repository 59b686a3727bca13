import FoundationEssentials
import HTTPTransport
import ModelContextProtocol
import Subprocesses

/// Makes the transport a configuration describes.
struct ServerLaunch: Sendable {
    /// What a program that is a server sees of this process's environment: nothing that may be a secret.
    static let inherited: Set<String> = [
        "HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER",
        "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "HTTP_PROXY", "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "UV_CACHE_DIR", "npm_config_cache", "DOCKER_HOST",
    ]

    let environment: [String: String]
    let client: any HTTPClient
    let authorizer: @Sendable (MCPServerConfiguration) -> (any RequestAuthorizer)?

    func transport(for server: MCPServerConfiguration, remarks: ServerRemarks) -> any ClientTransport {
        let settings = server.settings
        switch server.transport {
        case .stdio(let process):
            var variables = environment.filter { Self.inherited.contains($0.key) }
            variables.merge(process.environment) { _, own in own }
            return StandardStreamsTransport(
                ServerProgram(
                    command: process.command,
                    arguments: process.arguments,
                    environment: .only(variables),
                    workingDirectory: process.workingFolder,
                    maximumMessageBytes: settings.outputLimit + (64 << 10),
                    startTimeout: settings.startTimeout
                ),
                remarks: remarks
            )
        case .http(let endpoint):
            return StreamableHTTPTransport(
                RemoteServer(
                    url: endpoint.url,
                    headers: endpoint.headers,
                    maximumMessageBytes: settings.outputLimit + (64 << 10),
                    startTimeout: settings.startTimeout
                ),
                client: client,
                authorizer: authorizer(server)
            )
        }
    }
}
