import FoundationEssentials
import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@Suite(
    "The bundled skills' tools in the sandbox",
    .enabled(if: ToolBench.hasSandbox, ToolBench.sandboxAbsence),
    .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence)
)
struct BundledToolTests {
    private static let data = "city,month,sales\nOslo,1,10\nOslo,2,14\nRome,1,20\nRome,2,22\n"

    private struct Desk: Sendable {
        let skills: [String: Skill]
        let workspace: RunWorkspace
        let invoker: any ToolInvoker

        func call(_ skill: String, _ tool: String, _ arguments: JSONObject) async throws -> JSONValue {
            let skill = try #require(skills[skill])
            let tool = try #require(skill.tool(named: tool))
            let call = ToolCall(skill: skill, tool: tool, arguments: arguments, idempotencyKey: "test/\(tool.name)")
            return try await invoker.invoke(call).value
        }
    }

    private func withDesk(_ grants: ToolGrants, _ body: @Sendable (Desk) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            var skills: [String: Skill] = [:]
            try await AgentSkillsFolder(path: PackageRoot.path("Skills")).read { record in
                if case .skill(let skill) = record { skills[skill.name] = skill }
            }
            let workspace = RunWorkspace(folder: "\(folder)/work", results: "\(folder)/results")
            try FileManager.default.createDirectory(atPath: workspace.folder, withIntermediateDirectories: true)
            var environment = ProcessInfo.processInfo.environment
            environment["SERVICE_TOKEN"] = "very-secret-token"
            let provider = ToolInvokerProvider.standard(grants: grants, environment: environment)
            let invoker = try await provider.invoker(for: workspace)
            let desk = Desk(skills: skills, workspace: workspace, invoker: invoker)
            do {
                try await body(desk)
                await invoker.close()
            } catch {
                await invoker.close()
                throw error
            }
        }
    }

    @Test("download a dataset from a granted server, transform it, and draw a chart and a report of it")
    func example() async throws {
        try await withScriptedServer(["*": [.whole(Self.data, type: "text/csv")]]) { server in
            let grants = ToolGrants(skills: [
                "http-fetch": SkillGrant(network: [.host("127.0.0.1", port: server.port)])
            ])
            try await withDesk(grants) { desk in
                let url: JSONValue = .string("\(server.origin)/sales.csv")
                let file = try await desk.call("http-fetch", "download_file", ["url": url])
                let path = try #require(file["path"])
                let table = try await desk.call("csv-parser", "parse_csv", ["path": path])
                #expect(table["row_count"] == 4)
                let summary = try await desk.call(
                    "etl-pipeline",
                    "aggregate_data",
                    ["path": path, "group_by": ["city"]]
                )
                let grouped = try #require(summary["path"])
                let chart = try await desk.call("chart-gen", "create_chart", ["path": grouped])
                let report = try await desk.call("chart-gen", "build_report", ["path": path])
                for result in [chart, report] {
                    let name = try #require(result["path"]?.stringValue)
                    let content = try text(of: "\(desk.workspace.folder)/\(name)")
                    #expect(content.contains("<svg"))
                }
            }
        }
    }

    @Test("without a grant do not reach the server, and the failure says what to add")
    func refused() async throws {
        try await withScriptedServer(["*": [.whole(Self.data)]]) { server in
            try await withDesk(ToolGrants()) { desk in
                let failure = await #expect(throws: ToolFailure.self) {
                    try await desk.call("http-fetch", "download_file", ["url": .string(server.origin + "/x")])
                }
                #expect(failure?.kind == .policy && failure?.code == "network-not-granted")
                #expect(failure?.message.contains("127.0.0.1:\(server.port)") == true)
            }
        }
    }

    @Test("send a granted secret to the server, and to nobody else")
    func secret() async throws {
        try await withScriptedServer(["*": [.whole(#"{"id": 7}"#)]]) { server in
            var grant = SkillGrant(network: [.host("127.0.0.1", port: server.port)], environment: ["SERVICE_TOKEN"])
            let arguments: JSONObject = [
                "url": .string("\(server.origin)/things"), "body": ["a": 1], "token_env": "SERVICE_TOKEN",
            ]
            try await withDesk(ToolGrants(skills: ["api-client": grant])) { desk in
                let answer = try await desk.call("api-client", "api_post", arguments)
                #expect(!answer.serialized().contains("very-secret"))
            }
            let request = try #require(try server.requests().first)
            #expect(request.header("Authorization") == "Bearer very-secret-token")
            #expect(request.header("Idempotency-Key") == "test/api_post")
            grant.environment = []
            try await withDesk(ToolGrants(skills: ["api-client": grant])) { desk in
                await #expect(throws: ToolFailure.self) { try await desk.call("api-client", "api_post", arguments) }
            }
            let requests = try server.requests()
            #expect(requests.count == 1)
        }
    }

    @Test("work with files and with git")
    func local() async throws {
        try await withDesk(ToolGrants()) { desk in
            _ = try await desk.call("file-ops", "write_file", ["path": "notes/a.txt", "content": "hello\n"])
            let read = try await desk.call("file-ops", "read_file", ["path": "notes/a.txt"])
            #expect(read.serialized().contains("hello"))
            _ = try await TestProgram.run("git", "init", "--quiet", desk.workspace.folder)
            let status = try await desk.call("git", "git_status", [:])
            #expect(status.serialized().contains("notes/"))
            let failure = await #expect(throws: ToolFailure.self) {
                try await desk.call("file-ops", "read_file", ["path": "../../etc/hostname"])
            }
            #expect(failure?.kind == .policy)
        }
    }
}
