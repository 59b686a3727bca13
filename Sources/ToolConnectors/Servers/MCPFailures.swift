import HTTPTransport
import ModelContextProtocol
import PlanExecution

/// Says what kind of failure a call of a server's tool ended with, so that recovery does the right thing.
enum MCPFailures {
    static func failure(_ error: any Error, _ call: ToolCall, isRepeatable: Bool) -> ToolFailure {
        let name = call.qualifiedName
        switch error {
        case let failure as ToolFailure: return failure
        case is CancellationError:
            return ToolFailure(.cancelled, code: "cancelled", "the call of \(name) was cancelled", effect: .unknown)
        case let error as ServerUnavailable: return unavailable(error)
        case let error as ProtocolError: return refused(error, name)
        case let error as ConnectionError: return broken(error, name)
        default: return ToolFailure(.permanent, code: "mcp", "\(name): \(Excerpt.of("\(error)"))", effect: .unknown)
        }
    }

    /// The tool ran and says that it failed; what it says is all there is to tell the kind by.
    static func toolError(_ text: String, _ call: ToolCall) -> ToolFailure {
        let said = Excerpt.of(text, limit: 2_000)
        let words = said.lowercased()
        func says(_ signs: [String]) -> Bool { signs.contains { words.contains($0) } }
        let message = "\(call.qualifiedName) failed: \(said.isEmpty ? "it does not say why" : said)"
        if says([
            "validation error", "invalid argument", "input validation", "missing required", "is a required property",
        ]) {
            return ToolFailure(.invalidInput, code: "tool-error", message)
        }
        if says([
            "rate limit", "too many requests", "temporarily unavailable", "service unavailable", "try again later",
        ]) {
            return ToolFailure(.transient, code: "tool-error", message)
        }
        return ToolFailure(.permanent, code: "tool-error", message)
    }

    private static func unavailable(_ error: ServerUnavailable) -> ToolFailure {
        switch error.reason {
        case .resting(let pause, _):
            ToolFailure(.transient, code: "server-resting", error.description, retryAfter: pause)
        case .notStarted: ToolFailure(.transient, code: "server-start", error.description)
        case .disabled, .closed, .unknown: ToolFailure(.permanent, code: "no-server", error.description)
        }
    }

    private static func refused(_ error: ProtocolError, _ name: String) -> ToolFailure {
        let message = "\(name): \(Excerpt.of(error.message, limit: 2_000))"
        switch error.code {
        // "Unknown tool" is an invalid parameter too; repairing arguments does not help it.
        case ProtocolError.Code.invalidParameters where error.message.lowercased().contains("unknown tool"):
            return ToolFailure(.permanent, code: "unknown-tool", message)
        case ProtocolError.Code.invalidParameters: return ToolFailure(.invalidInput, code: "invalid-arguments", message)
        case ProtocolError.Code.internalFault:
            return ToolFailure(.transient, code: "server-error", message, effect: .unknown)
        default: return ToolFailure(.permanent, code: "refused", message)
        }
    }

    private static func broken(_ error: ConnectionError, _ name: String) -> ToolFailure {
        let message = "\(name): \(error)"
        if error.isBeforeTheRequest {
            if case .unauthorized = error { return ToolFailure(.policy, code: "unauthorized", message) }
            return ToolFailure(.transient, code: "connection", message)
        }
        switch error {
        case .timedOut: return ToolFailure(.transient, code: "timeout", message, effect: .unknown)
        case .tooLarge: return ToolFailure(.permanent, code: "result-too-large", message, effect: .unknown)
        case .malformed: return ToolFailure(.permanent, code: "protocol", message, effect: .unknown)
        case .refused(let status, _):
            let isLater = [429, 502, 503, 504].contains(status.code)
            return ToolFailure(
                isLater ? .transient : .permanent,
                code: "http-\(status.code)",
                message,
                effect: .unknown
            )
        default: return ToolFailure(.transient, code: "connection-lost", message, effect: .unknown)
        }
    }
}
