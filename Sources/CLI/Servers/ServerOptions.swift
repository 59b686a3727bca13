import CommandLineInterface
import HTTPTransport
import PlanExecution

/// Options of commands that serve MCP clients.
enum ServerOptions {
    static let config = Option<[String]>(
        "config",
        value: "FILE",
        as: .file,
        """
        Servers to put behind this one: a file with `mcpServers` or `servers`, as clients keep it. Repeatable. Each server \
        is started when one of its tools is first called.
        """
    )
    static let http = Option<Int?>(
        "http",
        value: "PORT",
        as: .integer(in: 0...65_535),
        "Serve over HTTP at /mcp on this port instead of over standard input and output; 0 chooses a free one."
    )
    static let host = Option<String>(
        "host",
        value: "HOST",
        as: .nonBlank,
        default: "127.0.0.1",
        "The interface to listen on. Anything but this machine needs SKILLWEAVER_TOKEN."
    )
    static let allowHost = Option<[String]>(
        "allow-host",
        value: "NAME",
        as: .nonBlank,
        "A name clients reach the server by, beside localhost. Repeatable."
    )
    static let allowOrigin = Option<[String]>(
        "allow-origin",
        value: "ORIGIN",
        as: .nonBlank,
        "An origin whose pages may use the server, such as https://app.example. Repeatable."
    )
    static let authorizationServer = Option<[String]>(
        "authorization-server",
        value: "URL",
        as: .nonBlank,
        "Where clients get tokens, for the server's metadata (RFC 9728). Repeatable."
    )
    static let pin = Option<[String]>(
        "pin",
        value: "SKILL.TOOL",
        as: .nonBlank,
        "A tool that is listed beside the gateway's own, because it is needed all the time. Repeatable."
    )
    static let approve = Option<ApprovalMode>(
        "approve",
        value: "MODE",
        default: .ask,
        """
        Who decides about calls that may destroy something: the person behind the client (ask), or nobody (auto: made, \
        deny: not made).
        """
    )
    static let workspace = Option<String?>(
        "workspace",
        value: "DIR",
        as: .folder,
        "The folder tools read and write. Default: the current one."
    )

    /// An origin as browsers write it.
    ///
    /// - Throws: a usage error for a text that no browser sends.
    static func origin(_ text: String) throws -> String {
        guard let origin = ServerAudience.origin(text) else {
            throw CommandError.usage(
                "--allow-origin is a scheme and a host, such as https://app.example, not '\(text)'"
            )
        }
        return origin
    }
}
