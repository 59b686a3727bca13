import Dispatch
import Glibc
public import JSONSchema
import Subprocesses
public import Testing

/// A server on loopback that says what a script tells it, and keeps what it was asked.
public struct ScriptedServer: Sendable {
    public static let absence: Comment = "needs python3 on the PATH"
    public static let isAvailable = InstalledProgram.exists("python3")

    public let port: Int
    public let isSecure: Bool
    private let events: EventPipe
    private let log: String

    fileprivate init(port: Int, isSecure: Bool, events: EventPipe, log: String) {
        self.port = port
        self.isSecure = isSecure
        self.events = events
        self.log = log
    }

    /// `http://127.0.0.1:PORT`.
    public var origin: String { "\(isSecure ? "https://localhost" : "http://127.0.0.1"):\(port)" }

    /// The requests that arrived so far.
    public func requests() throws -> [RecordedRequest] {
        try text(of: log).split(separator: "\n").map { RecordedRequest(json: try JSONParser.parse(String($0))) }
    }

    /// Waits until a client has left before its response was over.
    public func waitUntilClientLeft() async throws {
        let event = try await events.next()
        #expect(event.hasPrefix("gone "))
    }
}

/// A request as it arrived at a `ScriptedServer`.
public struct RecordedRequest: Sendable {
    public let method: String
    public let target: String
    public let headers: [(name: String, value: String)]
    public let body: String
    /// Number of the connection it came by, from 1.
    public let connection: Int
    /// How many requests were being answered when it arrived, itself included.
    public let inFlight: Int

    init(json: JSONValue) {
        method = json["method"]?.stringValue ?? ""
        target = json["target"]?.stringValue ?? ""
        headers = (json["headers"]?.arrayValue ?? []).map { field in
            let texts = (field.arrayValue ?? []).map { $0.stringValue ?? "" }
            return (texts.first ?? "", texts.last ?? "")
        }
        body = json["body"]?.stringValue ?? ""
        connection = json["connection"]?.intValue ?? 0
        inFlight = json["in_flight"]?.intValue ?? 0
    }

    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body, where it is JSON.
    public func json() throws -> JSONValue { try JSONParser.parse(body) }
}

/// Runs a piece of test beside a scripted server, which is gone afterwards.
///
/// - Parameters:
///   - script: for each path its answers in order, the last of them for ever; `*` is any other path.
///   - rules: look at the body of a request, before the script does.
///   - identity: certificate and key for a server that speaks TLS.
public func withScriptedServer<Value: Sendable>(
    _ script: [String: [ScriptedResponse]],
    answeringBy rules: [ScriptedRule] = [],
    identity: (certificate: String, key: String)? = nil,
    _ body: @Sendable @escaping (ScriptedServer) async throws -> Value
) async throws -> Value {
    try await withTemporaryFolder { folder in
        var json = JSONObject(script.map { ($0.key, .array($0.value.map(\.json))) })
        json["rules"] = .array(rules.map(\.json))
        try write(JSONValue.object(json).serialized(), to: folder + "/script.json")
        let events = try EventPipe(path: folder + "/events")
        let program = PackageRoot.path("Tests/TestSupport/Servers/scripted_server.py")
        var arguments = [program, folder + "/script.json", folder + "/events", folder + "/log.jsonl"]
        if let identity { arguments += [identity.certificate, identity.key] }
        let python = Subprocess(executable: "python3", arguments: arguments)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let result = try await python.run(limits: SubprocessLimits(deadline: .seconds(120)))
                throw ServerStopped(said: result.errorText)
            }
            let first = try await events.next()
            guard let port = first.split(separator: " ").last.flatMap({ Int($0) }) else {
                throw ServerStopped(said: first)
            }
            let server = ScriptedServer(
                port: port,
                isSecure: identity != nil,
                events: events,
                log: folder + "/log.jsonl"
            )
            let value = try await body(server)
            group.cancelAll()
            return value
        }
    }
}

/// The scripted server ended by itself or does not say what it should.
struct ServerStopped: Error, CustomStringConvertible {
    let said: String
    var description: String { "the scripted server does not run: \(said)" }
}

/// Lines that another process writes into a named pipe.
private final class EventPipe: Sendable {
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "scripted-server-events")

    init(path: String) throws {
        guard mkfifo(path, 0o600) == 0 else { throw ServerStopped(said: "no named pipe") }
        // Both ends, so that the pipe neither blocks at opening nor ends between two writers.
        descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw ServerStopped(said: "no named pipe") }
    }

    deinit { close(descriptor) }

    /// The next line; waits on a thread of its own, for two minutes at most.
    func next() async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try self.readLine() })
            }
        }
    }

    private func readLine() throws -> String {
        var line: [UInt8] = []
        while true {
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&watched, 1, 120_000) > 0 else { throw ServerStopped(said: "nothing for two minutes") }
            var byte: UInt8 = 0
            guard read(descriptor, &byte, 1) == 1 else { continue }
            if byte == 0x0A { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
    }
}
