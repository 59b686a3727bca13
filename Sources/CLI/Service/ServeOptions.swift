import CommandLineInterface
import PlanExecution

/// Options of `skillweaver serve`.
enum ServeOptions {
    static let host = Option<String>(
        "host",
        value: "HOST",
        as: .nonBlank,
        default: "127.0.0.1",
        "The interface to listen on. On any but this machine's own every call needs a token."
    )
    static let port = Option<Int>(
        "port",
        value: "PORT",
        as: .integer(in: 0...65_535),
        default: 8_420,
        "The port to listen on; 0 chooses a free one."
    )
    static let libraries = Option<[String]>(
        "library",
        short: "l",
        value: "NAME",
        as: .nonBlank,
        """
        A library to serve: its name, or a path or address of skills. Repeatable; the first is meant where a call names \
        none. Default: the skills that come with the program.
        """
    )
    static let watch = Flag("watch", "Brings the libraries in step whenever a source of theirs changes.")
    static let leaveRuns = Flag("leave-runs", "Leaves runs to workers instead of driving them here; needs --store.")
    static let approve = Option<ApprovalMode>(
        "approve",
        value: "MODE",
        default: .ask,
        "Who decides about destructive calls of MCP clients: the person behind the client (ask), or nobody (auto, deny)."
    )
    static let workspace = Option<String?>(
        "workspace",
        value: "DIR",
        as: .folder,
        "The folder tools of runs read and write. Default: one of each run's own."
    )
    static let concurrency = Option<Int>(
        "concurrency",
        value: "N",
        as: .integer(in: 1...10_000),
        default: 256,
        "Requests worked on at a time; more are told to come back."
    )
    static let grace = Option<Int>(
        "grace",
        value: "SECONDS",
        as: .integer(in: 0...86_400),
        default: 20,
        "How long runs under way may go on when the service is asked to stop."
    )
}
