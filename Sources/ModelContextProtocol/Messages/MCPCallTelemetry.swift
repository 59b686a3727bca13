import HTTPTransport
import JSONSchema
import Observability

/// What is said about one request, on either side (semantic conventions for MCP). Arguments and results are not, and no
/// session id, which opens the session to whoever has it.
struct MCPCallTelemetry: Sendable {
    enum Side: Sendable { case client, server }

    /// Longest name of a tool that is repeated.
    private static let longestName = 128

    private let side: Side
    private let method: String
    private let tool: String?
    private let more: Attributes

    init(_ side: Side, _ method: String, _ parameters: JSONObject, transport: String?, _ more: Attributes = [:]) {
        self.side = side
        self.method = method
        tool =
            method == Method.callTool
            ? parameters["name"]?.stringValue.map { String($0.prefix(Self.longestName)) } : nil
        self.more = more.merging([.networkTransport: transport.map { .string($0) }])
    }

    private func attributes(method: String) -> Attributes {
        more.merging([
            .mcpMethod: .string(method), .toolName: tool.map { .string($0) },
            .operationName: tool == nil ? nil : "execute_tool",
        ])
    }

    /// Does `work` within a span below `parent`, and notes how it went.
    func measuring(
        parent: SpanParent,
        links: [SpanLink] = [],
        span more: Attributes = [:],
        isolation: isolated (any Actor)? = #isolation,
        _ work: (Span) async throws -> JSONObject
    ) async throws -> JSONObject {
        let telemetry = Telemetry.current
        guard let timer = telemetry.beginTiming() else { return try await work(.none) }
        var (known, failure): (String, String?) = (method, nil)
        defer {
            let said = attributes(method: known).merging([.errorType: failure.map { .string($0) }])
            let metric: MetricDefinition = side == .client ? .mcpClientDuration : .mcpServerDuration
            telemetry.metrics?.record(metric, timer.seconds, said)
        }
        return try await withSpan(
            tool.map { "\(method) \($0)" } ?? method,
            kind: side == .client ? .client : .server,
            parent: parent,
            links: links,
            attributes: attributes(method: method).merging(more)
        ) { span in
            do {
                let result = try await work(span)
                if tool != nil, result["isError"] == .bool(true) {
                    failure = "tool_error"
                    span.fail("tool_error")
                }
                return result
            } catch let error as ProtocolError {
                failure = String(error.code)
                span.set(.responseCode, .string(String(error.code)))
                span.fail(String(error.code))
                if error.code == ProtocolError.Code.methodNotFound, side == .server {
                    // Anybody can ask for anything; names are few.
                    known = ErrorType.other
                    span.rename(ErrorType.other)
                    span.set(.mcpMethod, .string(ErrorType.other))
                }
                throw error
            } catch {
                failure = (error as? ConnectionError)?.kindName ?? ErrorType.name(of: error)
                span.fail(failure ?? ErrorType.other)
                throw error
            }
        }
    }
}

extension ConnectionError {
    /// Its class, of few values.
    fileprivate var kindName: String {
        switch self {
        case .notStarted: "not_started"
        case .ended: "connection_ended"
        case .timedOut: ErrorType.timeout
        case .closed: "closed"
        case .malformed: "malformed"
        case .tooLarge: "too_large"
        case .unauthorized: "unauthorized"
        case .refused(let status, _): String(status.code)
        case .sessionExpired: "session_expired"
        case .noCommonVersion: "no_common_version"
        case .network(let error): error.kind.rawValue
        }
    }
}
