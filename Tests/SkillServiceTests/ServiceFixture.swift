import HTTPTransport
import JSONSchema
import LanguageModels
import ModelContextProtocol
import Observability
import PlanExecution
import SkillCatalog
import SkillHarness
import SkillRouting
import Synchronization
import TestSupport
import Testing

@testable import SkillService

/// A service over skills whose tools are closures, with every answer checked against the service's own description.
struct ServiceFixture {
    let service: SkillService
    let runs: HostedRuns
    /// Makes another driver of the same runs, as a process that starts again has it.
    let driver: @Sendable () throws -> RunDriver
    let tools: Tools
    let folder: String
    /// The token of the installation, which may do everything.
    let token: String

    static func with(
        options: ServiceOptions = ServiceOptions(grace: .zero),
        interface: String = "127.0.0.1",
        _ body: (ServiceFixture) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try writeSkills(to: "\(folder)/skills")
            let tools = Tools()
            var routing = RouterOptions(environment: { _ in nil })
            routing.home = SkillHome(folder: "\(folder)/home")
            routing.installation = Installation(encoder: Installed.encoder, runtime: Installed.runtime)
            routing.invokers = tools.provider
            let router = try await SkillRouter(library: .folder("\(folder)/skills"), options: routing)
            let inventory = try await RouterResources.catalog(.folder("\(folder)/skills"), options: routing)
            let runs = HostedRuns(try router.driver())
            let tokens = AccessTokenStore(home: "\(folder)/home")
            let token = try await tokens.installToken().text
            let library = SessionLibrary(inventory, router: router)
            let provider = routing.invokers
            let gateway = try await SkillGateway(
                [
                    GatewayLibrary(name: inventory.name, router: router, library: library) { id, approval in
                        try await SkillSession(
                            id: id,
                            library: library,
                            invoker: provider.invoker(for: RunWorkspace(folder: folder, results: folder)),
                            approval: approval
                        )
                    }
                ],
                options: GatewayOptions(workspace: folder, identity: Implementation(name: "test", version: "1")),
                runs: runs
            )
            let service = try SkillService(
                ServiceResources(
                    libraries: ServedLibraries([
                        ServedLibrary(
                            router: router,
                            inventory: inventory,
                            sync: LibrarySync(),
                            counter: LengthEstimate()
                        )
                    ]),
                    runs: runs,
                    access: ServiceAccess(interface: interface, tokens: tokens),
                    tokens: tokens,
                    benchmarks: PackageRoot.path("Benchmarks")
                ),
                options: options,
                mcp: StreamableHTTPService(MCPServer(gateway)),
                telemetry: Telemetry(tracer: nil, metrics: MetricRegistry(), logger: nil)
            )
            let fixture = ServiceFixture(
                service: service,
                runs: runs,
                driver: { try router.driver() },
                tools: tools,
                folder: folder,
                token: token
            )
            do {
                try await body(fixture)
            } catch {
                await fixture.close()
                throw error
            }
            await fixture.close()
        }
    }

    private func close() async {
        tools.release()
        await service.stop()
    }

    // MARK: - Asking

    struct Answer {
        var status: Int
        var headers: HTTPHeaders
        var json: JSONValue
        var text: String
        var isStream: Bool
    }

    /// Asks the service, and holds what it answers against what its description promises.
    func ask(
        _ method: HTTPMethod,
        _ target: String,
        _ body: JSONValue? = nil,
        token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var request = HTTPServerRequest(method: method, target: target, headers: ["Host": "localhost:8420"])
        request.peer = "127.0.0.1"
        if let body {
            request.headers["Content-Type"] = "application/json"
            request.body = Array(body.serialized().utf8)
        }
        if let token { request.headers["Authorization"] = "Bearer \(token)" }
        for (name, value) in headers { request.headers[name] = value }
        return try await ask(request)
    }

    /// The same with all rights.
    func may(_ method: HTTPMethod, _ target: String, _ body: JSONValue? = nil) async throws -> Answer {
        try await ask(method, target, body, token: token)
    }

    func ask(_ request: HTTPServerRequest) async throws -> Answer {
        let response = await service.respond(to: request)
        guard case .bytes(let bytes) = response.body else {
            return Answer(
                status: response.status.code,
                headers: response.headers,
                json: .null,
                text: "",
                isStream: true
            )
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let mediaType = response.headers.mediaType
        let json =
            mediaType == "application/json" || mediaType == "application/problem+json"
            ? try JSONParser.parse(text) : .null
        let answer = Answer(
            status: response.status.code,
            headers: response.headers,
            json: json,
            text: text,
            isStream: false
        )
        try Promise.check(answer, of: request, against: service)
        return answer
    }

    /// Waits until a run is in one of these phases.
    func run(_ id: String, reaches phases: Set<String>) async throws -> JSONValue {
        for _ in 0..<600 {
            _ = try? await runs.state(of: id, within: .milliseconds(100))
            let run = try await may(.get, "/v1/runs/\(id)").json
            if let phase = run["phase"]?.stringValue, phases.contains(phase), run["driving"] == false { return run }
        }
        throw NeverReached(run: id, phases: phases)
    }

    struct NeverReached: Error {
        var run: String
        var phases: Set<String>
    }
}
