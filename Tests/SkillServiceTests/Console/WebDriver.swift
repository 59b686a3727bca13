import HTTPTransport
import JSONSchema

/// One session of a browser, spoken to in the W3C WebDriver protocol.
struct WebDriver: Sendable {
    private let client: CurlHTTPClient
    private let session: String

    /// What the driver answered instead of doing as it was told.
    struct Fault: Error, CustomStringConvertible {
        /// One of the protocol's error codes, such as `script timeout`.
        let code: String
        let message: String

        var description: String { "\(code): \(message.prefix(600))" }
    }

    /// Begins a session.
    ///
    /// - Parameters:
    ///   - driver: where the driver listens, `http://127.0.0.1:PORT`.
    ///   - capabilities: the session's `alwaysMatch`.
    init(_ driver: String, capabilities: JSONValue) async throws {
        client = CurlHTTPClient()
        let answer = try await Self.send(
            client,
            .post,
            "\(driver)/session",
            ["capabilities": ["alwaysMatch": capabilities]]
        )
        guard let id = answer["sessionId"]?.stringValue else { throw Fault(code: "no session", message: "no id") }
        session = "\(driver)/session/\(id)"
    }

    /// Tells the browser to do something, and gives what it answers.
    @discardableResult
    func command(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        try await Self.send(client, method, session + path, body)
    }

    /// A command of Chromium's own protocol.
    @discardableResult
    func chromium(_ command: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        try await self.command(.post, "/goog/cdp/execute", ["cmd": .string(command), "params": parameters])
    }

    private static func send(
        _ client: CurlHTTPClient,
        _ method: HTTPMethod,
        _ address: String,
        _ body: JSONValue?
    ) async throws -> JSONValue {
        var request = HTTPRequest(method, try HTTPURL(address), limits: HTTPLimits(maximumBodyBytes: 64 << 20))
        if method == .post {
            request.headers["Content-Type"] = "application/json"
            request.body = Array((body ?? [:]).serialized().utf8)
        }
        let response = try await client.send(request)
        let value = try JSONParser.parse(response.text)["value"] ?? .null
        if let code = value["error"]?.stringValue {
            throw Fault(code: code, message: value["message"]?.stringValue ?? "")
        }
        return value
    }
}
