package import HTTPTransport
import JSONSchema
package import ModelContextProtocol
import SkillHarness

/// The service: a JSON API, a console, and MCP, over one library or several.
///
/// A request passes through here in one line: is it let in, what does it ask, is what it sends right, is there room, do it,
/// and say what came of it.
package final class SkillService: Sendable {
    /// What became of one request, for logs and metrics.
    package struct Outcome: Sendable {
        package var id: String
        package var method: HTTPMethod
        /// The form of the path, such as `/v1/runs/{run}`; nil for one that leads nowhere.
        package var route: String?
        package var status: HTTPStatus
        package var duration: Duration
        package var principal: String
        /// What an answer of 500 is about; for the log alone.
        package var fault: String?
    }

    private let resources: ServiceResources
    private let options: ServiceOptions
    let table: EndpointTable
    private let gate: AdmissionGate
    private let mcp: StreamableHTTPService?
    private let note: @Sendable (Outcome) -> Void
    private let stopping: StopSign

    /// - Parameters:
    ///   - mcp: answers at `/mcp`; nil for none.
    ///   - metrics: text of `/metrics`; nil where nothing is measured.
    ///   - note: told of every answer.
    /// - Throws: `SchemaError` where an endpoint's declaration cannot be used.
    package init(
        _ resources: ServiceResources,
        options: ServiceOptions = ServiceOptions(),
        mcp: StreamableHTTPService? = nil,
        metrics: (@Sendable () async -> String)? = nil,
        note: @escaping @Sendable (Outcome) -> Void = { _ in }
    ) throws {
        self.resources = resources
        self.options = options
        self.mcp = mcp
        self.note = note
        gate = AdmissionGate(limit: options.concurrency)
        let stopping = StopSign()
        self.stopping = stopping
        var endpoints = Self.endpoints(resources) { !stopping.isUp }
        if let metrics { endpoints.append(MetricsEndpoint.endpoint(metrics)) }
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
        let start = ContinuousClock.now
        var outcome = Outcome(
            id: RequestName.of(request),
            method: request.method,
            status: 500,
            duration: .zero,
            principal: "anonymous"
        )
        var response: HTTPServerResponse
        do {
            response = try await answer(request, &outcome)
        } catch let refusal as AccessRefusal {
            response = refusal.problem.response(for: outcome.id)
        } catch {
            let problem = ServiceProblem(error)
            if problem.status.isServerError { outcome.fault = "\(error)" }
            response = problem.response(for: outcome.id)
        }
        response.headers["X-Request-Id"] = outcome.id
        if response.headers["X-Content-Type-Options"] == nil { response.headers["X-Content-Type-Options"] = "nosniff" }
        for field in resources.access.pageHeaders(for: request).fields { response.headers[field.name] = field.value }
        outcome.status = response.status
        outcome.duration = ContinuousClock.now - start
        note(outcome)
        return response
    }

    private func answer(_ request: HTTPServerRequest, _ outcome: inout Outcome) async throws -> HTTPServerResponse {
        if let preflight = try resources.access.preflight(request) { return preflight }
        guard let path = request.pathParts else { throw ServiceProblem.badInput("the path is not encoded as UTF-8") }
        if path == ["mcp"], let mcp { return try await speak(mcp, request, &outcome) }
        if let file = ConsoleFiles.file(path) {
            outcome.route = "/console"
            try resources.access.checkSender(request)
            return try file.response(to: request)
        }
        switch table.match(request.method, path) {
        case .endpoint(let endpoint, let values):
            outcome.route = endpoint.definition.path.description
            return try await perform(endpoint, request, values, &outcome)
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
        _ outcome: inout Outcome
    ) async throws -> HTTPServerResponse {
        let definition = endpoint.definition
        let principal: ServicePrincipal
        if let scope = definition.scope {
            principal = try await resources.access.admit(request, needing: scope)
        } else {
            try resources.access.checkSender(request)
            principal = .anonymous([])
        }
        outcome.principal = principal.name
        let call = ServiceCall(
            request: request,
            id: outcome.id,
            principal: principal,
            path: values,
            input: try InputReader.input(request, for: endpoint)
        )
        guard definition.isHeavy else { return try await definition.perform(call).response }
        if stopping.isUp { throw ServiceProblem(503, "stopping", "the service is stopping") }
        return try await gate.pass { [deadline = options.deadline] in
            do {
                return try await withDeadline(deadline) { try await definition.perform(call).response }
            } catch ConnectionError.timedOut {
                throw ServiceProblem(504, "too-slow", "this took longer than \(deadline.components.seconds) s")
            }
        }
    }

    private func speak(
        _ mcp: StreamableHTTPService,
        _ request: HTTPServerRequest,
        _ outcome: inout Outcome
    ) async throws -> HTTPServerResponse {
        outcome.route = "/mcp"
        let principal = try await resources.access.admit(request, needing: .runsWrite)
        outcome.principal = principal.name
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
