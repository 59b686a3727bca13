import JSONSchema

/// The line a Python worker answers with; untrusted, because the tool can write to the worker's descriptors.
struct PythonReply: Sendable {
    var outcome: Result<JSONValue, ToolFailure>

    /// The process is in order after this answer.
    var leavesWorkerUsable: Bool {
        guard case .failure(let failure) = outcome else { return true }
        return !["tool-exited", "out-of-memory"].contains(failure.code)
    }

    /// Reads a line, or says that it is no answer to the call of that id.
    static func read(_ line: [UInt8], id: String) -> Result<PythonReply, ToolFailure> {
        func broken(_ reason: String) -> Result<PythonReply, ToolFailure> {
            .failure(
                ToolFailure(
                    .permanent,
                    code: "worker-protocol",
                    "the tool disturbed its worker, whose answer cannot be read: \(reason)",
                    effect: .unknown
                )
            )
        }
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try JSONParser.parse(utf8: line)
        } catch  where error.reason.hasPrefix("nesting") {
            let failure = ToolFailure(
                .permanent,
                code: "result-too-deep",
                "the result is nested deeper than \(JSONParser.maximumDepth) levels"
            )
            return .success(PythonReply(outcome: .failure(failure)))
        } catch {
            return broken(error.reason)
        }
        guard json["id"]?.stringValue == id else { return broken("it belongs to another call") }
        if let value = json["value"] { return .success(PythonReply(outcome: .success(value))) }
        guard let failure = json["failure"].flatMap(ToolFailure.init(workerFailure:)) else {
            return broken("it holds neither a value nor a failure")
        }
        return .success(PythonReply(outcome: .failure(failure)))
    }
}

extension ToolFailure {
    /// Reads what a worker says about a failed call.
    init?(workerFailure json: JSONValue) {
        guard let kind = json["kind"]?.stringValue.flatMap(Kind.init(rawValue:)), kind != .cancelled,
            let code = json["code"]?.stringValue, code.utf8.count <= 64,
            let message = json["message"]?.stringValue
        else { return nil }
        let wait = json["retry_after"]?.doubleValue.map { Duration.milliseconds(Int(min(max($0, 0), 86_400) * 1000)) }
        let effect = json["effect"]?.stringValue.flatMap(Effect.init(rawValue:)) ?? .unknown
        self.init(kind, code: code, message, effect: effect, retryAfter: wait)
    }
}
