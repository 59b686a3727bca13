import HTTPTransport
package import JSONSchema
import Observability

/// What one request of a client asks for beside its parameters.
package struct RequestOptions: Sendable {
    /// Longest time for each exchange; nil for the client's own.
    package var timeout: Duration?
    package var trace: TraceContext
    /// Called as the server says how far it is.
    package var onProgress: (@Sendable (CallProgress) -> Void)?

    package init(
        timeout: Duration? = nil,
        trace: TraceContext = TraceContext(),
        onProgress: (@Sendable (CallProgress) -> Void)? = nil
    ) {
        self.timeout = timeout
        self.trace = trace
        self.onProgress = onProgress
    }
}

extension MCPClient {
    /// Asks the server and returns its complete result; questions it has in between are put to the input provider.
    ///
    /// - Throws: `ProtocolError` as the server says it, `ConnectionError`, or `CancellationError`.
    package func request(
        _ method: String,
        _ parameters: JSONObject = JSONObject(),
        _ options: RequestOptions = RequestOptions()
    ) async throws -> JSONObject {
        var parameters = parameters
        var rounds = 0
        while true {
            let result = try await exchange(method, parameters, options)
            switch result[ResultType.member]?.stringValue ?? ResultType.complete {
            case ResultType.complete: return result
            case ResultType.inputRequired:
                rounds += 1
                guard rounds <= self.options.maximumInputRounds else {
                    throw ConnectionError.malformed("it asked more than \(self.options.maximumInputRounds) times")
                }
                let question = try InputRequiredResult(received: result)
                parameters["inputResponses"] = nil
                if let requests = question.inputRequests {
                    parameters["inputResponses"] = try await answers(to: requests)
                } else {
                    // It only wants to be asked again: not at once.
                    try await Task.sleep(for: .milliseconds(min(50 * rounds, 250)))
                }
                parameters["requestState"] = question.requestState.map(JSONValue.string)
            case ResultType.task: return try await finish(taskOf: result)
            case let other: throw ConnectionError.malformed("a result of the unknown type \(Excerpt.of(other))")
            }
        }
    }

    /// One request and its response.
    func exchange(_ method: String, _ parameters: JSONObject, _ options: RequestOptions) async throws -> JSONObject {
        try await connect()
        let handshake = handshakes
        do {
            return try await exchangeOnce(method, parameters, options)
        } catch ConnectionError.sessionExpired {
            try await beginAgain(after: handshake)
            return try await exchangeOnce(method, parameters, options)
        }
    }

    private func exchangeOnce(
        _ method: String,
        _ parameters: JSONObject,
        _ options: RequestOptions,
        _ span: Span
    ) async throws -> JSONObject {
        let version = try await connect().version
        let id = nextID()
        span.set([.mcpProtocolVersion: .string(version.rawValue), .requestID: .string(id.description)])
        var parameters = parameters
        var meta = parameters[MetaKey.meta]?.objectValue ?? JSONObject()
        if version.era == .modern {
            for (name, value) in self.meta(version) { meta[name] = value }
        }
        options.trace.joined(by: Span.current).write(into: &meta)
        if let handler = options.onProgress {
            meta[MetaKey.progressToken] = id.json
            board.watch(id, handler)
        }
        defer { if options.onProgress != nil { board.unwatch(id) } }
        if !meta.isEmpty { parameters[MetaKey.meta] = .object(meta) }
        var delivery = Delivery(version: version, timeout: options.timeout ?? self.options.requestTimeout)
        if version.era == .modern, method == Method.callTool, let name = parameters["name"]?.stringValue {
            let arguments = parameters["arguments"]?.objectValue ?? JSONObject()
            delivery.headers = headerParameters[name]?.headers(for: arguments) ?? [:]
        }
        let request = Message.Request(id: id, method: method, parameters: parameters)
        return try await transport.exchange(request, delivery).outcome.get()
    }

    /// The exchange within its span.
    private func exchangeOnce(
        _ method: String,
        _ parameters: JSONObject,
        _ options: RequestOptions
    ) async throws -> JSONObject {
        let parent = options.trace.context.map { SpanParent.context($0) } ?? .current
        let call = MCPCallTelemetry(.client, method, parameters, transport: transport.networkTransport)
        return try await call.measuring(parent: parent) { span in
            try await exchangeOnce(method, parameters, options, span)
        }
    }

    private func answers(to requests: InputRequests) async throws -> JSONValue {
        var answers = JSONObject()
        for (name, request) in requests { answers[name] = .object(try await input.answer(request)) }
        return .object(answers)
    }

    // MARK: - Tasks

    /// Waits for a request the server works on as a task (Tasks extension, SEP-2663), and cancels it with this task.
    ///
    /// It is asked for soon and then less and less often, at last as seldom as the server wishes.
    private func finish(taskOf result: JSONObject) async throws -> JSONObject {
        var task = try CreateTaskResult(received: result).task
        let id: JSONObject = ["taskId": .string(task.taskID)]
        var answered: Set<String> = []
        var pause = Self.shortestPause
        do {
            while true {
                try await Task.sleep(for: .milliseconds(pause))
                pause = min(2 * pause, min(max(task.pollIntervalMs ?? 1_000, Self.shortestPause), 60_000))
                let state = try TaskState(received: try await exchange(Method.getTask, id, RequestOptions()))
                task = state.task
                switch state.payload {
                case .completed(let result): return result
                case .failed(let error): throw error
                case .cancelled: throw ConnectionError.ended("the server cancelled the task")
                case .inputRequired(let requests):
                    // A question stays until the server has taken its answer in.
                    var fresh = InputRequests()
                    for (name, request) in requests where answered.insert(name).inserted { fresh[name] = request }
                    guard !fresh.isEmpty else { continue }
                    var update = id
                    update["inputResponses"] = try await answers(to: fresh)
                    _ = try await exchange(Method.updateTask, update, RequestOptions())
                    guard answered.count <= self.options.maximumListed else {
                        throw ConnectionError.malformed("its task asked more than \(self.options.maximumListed) times")
                    }
                    pause = Self.shortestPause
                case .working: break
                }
            }
        } catch is CancellationError {
            // Its own task, because this one is cancelled already; nobody waits for a server that is slow to stop.
            Task { try? await self.exchange(Method.cancelTask, id, RequestOptions(timeout: .seconds(10))) }
            throw CancellationError()
        }
    }

    private static let shortestPause = 50
}
