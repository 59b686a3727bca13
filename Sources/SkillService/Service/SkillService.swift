package import HTTPTransport
import JSONSchema
package import ModelContextProtocol
package import Observability
import SkillHarness

/// The service: a JSON API, a console, and MCP, over one library or several.
///
/// A request passes through here in one line: is it let in, what does it ask, is what it sends right, is there room, do it,
/// and say what came of it.
package final class SkillService: Sendable {
    private let resources: ServiceResources
    private let options: ServiceOptions
    let table: EndpointTable
    private let gate: AdmissionGate
    private let deadline: WorkDeadline
    private let mcp: StreamableHTTPService?
    private let telemetry: Telemetry
    private let stopping: StopSign

    /// - Parameters:
    ///   - mcp: answers at `/mcp`; nil for none.
    ///   - telemetry: what is said of requests, and what `/metrics` answers with.
    /// - Throws: `SchemaError` where an endpoint's declaration cannot be used.
    package init(
        _ resources: ServiceResources,
        options: ServiceOptions = ServiceOptions(),
        mcp: StreamableHTTPService? = nil,
        telemetry: Telemetry = .off
    ) throws {
        self.resources = resources
        self.options = options
        self.mcp = mcp
        self.telemetry = telemetry
        gate = AdmissionGate(limit: options.concurrency)
        deadline = WorkDeadline(options.deadline)
        let stopping = StopSign()
        self.stopping = stopping
        var endpoints = Self.endpoints(resources) { !stopping.isUp }
        if telemetry.metrics != nil { endpoints.append(MetricsEndpoint.endpoint(telemetry)) }
        let description = Array(
            OpenAPIDocument.document(of: endpoints, version: ProgramVersion.current).serialized().utf8
        )
        endpoints.append(DescriptionEndpoint.endpoint(description))
        table = try EndpointTable(endpoints)
    }

    /// Every endpoint that the description lists but for itself.
    static func endpoints(_ resources: ServiceResources, isReady: @escaping @Sendable () -> Bool) -> [Endpoint] {
        HealthEndpoints.all(resources, isReady: isReady)
            + LibraryEndpoints.all(resources.libraries) + SearchEndpoints.all(resources.libraries)
            + RouteEndpoints.all(resources.libraries) + RunEndpoints.all(RunService(resources))
            + SkillEndpoints.all(resources.libraries) + AccessTokenEndpoints.all(resources.tokens)
            + BenchmarkEndpoints.all(resources.benchmarks)
    }

    // MARK: - Answering

    /// Answers one request.
    package func respond(to request: HTTPServerRequest) async -> HTTPServerResponse {
        await HTTPServerTelemetry.answer(request, route: route(of: request), telemetry: telemetry) {
            await respondAndTell(request)
        }
    }

    /// The form of a request's path, such as `/v1/runs/{run}`; nil for one that leads nowhere.
    private func route(of request: HTTPServerRequest) -> String? {
        guard telemetry.isRecording, let path = request.pathParts else { return nil }
        if path == ["mcp"] { return "/mcp" }
        if case .endpoint(let endpoint, _) = table.match(request.method, path) {
            return endpoint.definition.path.description
        }
        return ConsoleFiles.file(path) == nil ? nil : "/console/{file}"
    }

    private func respondAndTell(_ request: HTTPServerRequest) async -> HTTPServerResponse {
        let timer = telemetry.beginTiming()
        let id = RequestName.of(request)
        var principal = "anonymous"
        var fault: String?
        var response: HTTPServerResponse
        do {
            response = try await answer(request, id, &principal)
        } catch let refusal as AccessRefusal {
            response = refusal.problem.response(for: id)
        } catch {
            let problem = ServiceProblem(error)
            if problem.status.isServerError { fault = "\(error)" }
            response = problem.response(for: id)
        }
        response.headers["X-Request-Id"] = id
        if response.headers["X-Content-Type-Options"] == nil { response.headers["X-Content-Type-Options"] = "nosniff" }
        for field in resources.access.pageHeaders(for: request).fields { response.headers[field.name] = field.value }
        RequestLog.note(request, id, by: principal, response.status, fault: fault, timer?.seconds)
        return response
    }

    private func answer(
        _ request: HTTPServerRequest,
        _ id: String,
        _ principal: inout String
    ) async throws -> HTTPServerResponse {
        if let preflight = try resources.access.preflight(request) { return preflight }
        guard request.target.hasPrefix("/"), let path = request.pathParts else {
            throw ServiceProblem.badInput("the path does not begin with a slash, or is not encoded as UTF-8")
        }
        if path == ["mcp"], let mcp { return try await speak(mcp, request, &principal) }
        if let file = ConsoleFiles.file(path) {
            try resources.access.checkSender(request)
            return try file.response(to: request)
        }
        switch table.match(request.method, path) {
        case .endpoint(let endpoint, let values):
            return try await perform(endpoint, request, values, id, &principal)
        case .otherMethods(let methods):
            try resources.access.checkSender(request)
            var problem = ServiceProblem(405, "method", "\(request.method) is not done here")
            problem.headers["Allow"] = Self.allowed(methods)
            throw problem
        case .none:
            try resources.access.checkSender(request)
            throw ServiceProblem(404, "unknown-path", "nothing is here", hint: "/openapi.json lists everything")
        }
    }

    private func perform(
        _ endpoint: ReadyEndpoint,
        _ request: HTTPServerRequest,
        _ values: [String: String],
        _ id: String,
        _ name: inout String
    ) async throws -> HTTPServerResponse {
        let definition = endpoint.definition
        let principal: ServicePrincipal
        if let scope = definition.scope {
            principal = try await resources.access.admit(request, needing: scope)
        } else {
            try resources.access.checkSender(request)
            principal = .anonymous([])
        }
        name = principal.name
        let call = ServiceCall(
            request: request,
            id: id,
            principal: principal,
            path: values,
            input: try InputReader.input(request, for: endpoint)
        )
        guard definition.isHeavy else { return try await definition.perform(call).response }
        if stopping.isUp { throw ServiceProblem(503, "stopping", "the service is stopping") }
        return try await gate.pass {
            do {
                return try await deadline.run { try await definition.perform(call).response }
            } catch is WorkDeadline.Passed {
                let seconds = options.deadline.components.seconds
                throw ServiceProblem(504, "too-slow", "this took longer than \(seconds) s")
            }
        }
    }

    private func speak(
        _ mcp: StreamableHTTPService,
        _ request: HTTPServerRequest,
        _ name: inout String
    ) async throws -> HTTPServerResponse {
        let principal = try await resources.access.admit(request, needing: .runsWrite)
        name = principal.name
        return await mcp.respond(to: request, as: principal.id)
    }

    private static func allowed(_ methods: [HTTPMethod]) -> String {
        var names = Set(methods.map(\.rawValue))
        if names.contains("GET") { names.insert("HEAD") }
        return names.sorted().joined(separator: ", ")
    }

    // MARK: - Stopping

    /// Answers no new work, lets runs end for as long as the options say, and has the rest of them in the journal.
    package func stop() async {
        stopping.putUp()
        await resources.runs.close(grace: options.grace)
        await mcp?.close()
        for library in resources.libraries.all { await library.sync.close() }
    }
}
