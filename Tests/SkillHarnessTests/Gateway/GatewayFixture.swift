import JSONSchema
import ModelContextProtocol
import PlanExecution
import SkillCatalog
import SkillHarness
import SkillRouting
import Synchronization
import TestSupport

/// A gateway over two skills whose tools are closures: one that reads, one that destroys.
struct GatewayFixture {
    let gateway: SkillGateway
    let calls: CallLog
    let folder: String

    static let modern = RequestContext(
        version: .v2026_07_28,
        capabilities: ClientCapabilities(elicitation: ElicitationCapability()),
        principal: "ann"
    )
    static let silent = RequestContext(version: .v2026_07_28, principal: "ann")
    static let other = RequestContext(version: .v2026_07_28, principal: "bob")

    /// What the tools were called with.
    final class CallLog: Sendable {
        private let entries = Mutex<[String]>([])
        var all: [String] { entries.withLock(\.self) }
        func add(_ entry: String) { entries.withLock { $0.append(entry) } }
    }

    static func with(
        pinned: [String] = [],
        approval: ApprovalMode = .ask,
        sessionLifetime: Duration = .seconds(60),
        _ body: (GatewayFixture) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try write(document("clock", "Tell the current time of a city."), to: "\(folder)/skills/clock/SKILL.md")
            try write(clock, to: "\(folder)/skills/clock/schema.json")
            try write("# Hours\nAlways.", to: "\(folder)/skills/clock/references/hours.md")
            try write(document("shredder", "Delete files for good."), to: "\(folder)/skills/shredder/SKILL.md")
            try write(shredder, to: "\(folder)/skills/shredder/schema.json")
            var options = RouterOptions(environment: { _ in nil })
            options.home = SkillHome(folder: "\(folder)/home")
            options.installation = Installation(encoder: Installed.encoder, runtime: Installed.runtime)
            let calls = CallLog()
            options.invokers = invokers(calls)
            let router = try await SkillRouter(library: .folder("\(folder)/skills"), options: options)
            let inventory = try await RouterResources.catalog(.folder("\(folder)/skills"), options: options)
            let library = SessionLibrary(inventory, router: router)
            let provider = options.invokers
            let gateway = try await SkillGateway(
                [
                    GatewayLibrary(name: "test", router: router, library: library) { id, approval in
                        try await SkillSession(
                            id: id,
                            library: library,
                            invoker: provider.invoker(for: RunWorkspace(folder: folder, results: folder)),
                            approval: approval
                        )
                    }
                ],
                options: GatewayOptions(
                    approval: approval,
                    pinned: pinned,
                    sessionLifetime: sessionLifetime,
                    workspace: folder,
                    identity: Implementation(name: "test", version: "1")
                )
            )
            do {
                try await body(GatewayFixture(gateway: gateway, calls: calls, folder: folder))
                await gateway.close()
            } catch {
                await gateway.close()
                throw error
            }
        }
    }

    /// Calls a tool of the gateway and returns its result.
    func call(
        _ name: String,
        _ arguments: JSONObject,
        _ context: RequestContext = modern
    ) async throws -> CallToolResult {
        let reply = try await gateway.callTool(ToolRequest(name: name, arguments: arguments), context)
        guard case .result(let result) = reply else { throw Unexpected(reply: "\(reply)") }
        return result
    }

    struct Unexpected: Error { let reply: String }

    private static func invokers(_ calls: CallLog) -> ToolInvokerProvider {
        ToolInvokerProvider { workspace in
            CheckedInvoker(
                ClosureInvoker([
                    "clock.time_in": { arguments in
                        calls.add("time_in")
                        return ["city": arguments["city"] ?? .null, "time": "07:54"]
                    },
                    "shredder.shred": { arguments in
                        calls.add("shred \(arguments["path"]?.stringValue ?? "")")
                        return ["done": true]
                    },
                ]),
                workspace: workspace
            )
        }
    }

    private static func document(_ name: String, _ description: String) -> String {
        "---\nname: \(name)\ndescription: \(description)\n---\n\nHow to use \(name).\n"
    }

    private static let clock = """
        [{"name": "time_in", "description": "Get the current time in a city.",
          "parameters": {"type": "object", "properties": {"city": {"type": "string", "description": "Name of the city."}},
                         "required": ["city"]},
          "annotations": {"readOnlyHint": true}}]
        """

    private static let shredder = """
        [{"name": "shred", "description": "Delete a file for good.",
          "parameters": {"type": "object", "properties": {"path": {"type": "string", "description": "Path of the file."}},
                         "required": ["path"]},
          "annotations": {"destructiveHint": true}}]
        """
}

extension CallToolResult {
    /// The words of the result.
    var text: String {
        content.map { block in if case .text(let content) = block { content.text } else { "" } }.joined()
    }
}
