import FoundationEssentials
import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

/// A skill in a folder of its own, with a workspace beside it, ready to be called.
struct ToolBench: Sendable {
    static let sandboxAbsence: Comment = "needs bubblewrap and user namespaces; run 'Scripts/setup'"
    static let hasSandbox = InstalledProgram.exists("bwrap")
    static let modes: [SandboxMode] = hasSandbox ? [.required, .off] : [.off]

    let folder: String
    let skill: Skill
    let workspace: RunWorkspace
    let invoker: any ToolInvoker

    func call(
        _ tool: String,
        _ arguments: JSONObject = [:],
        key: String = "key-1",
        limits: CallLimits = CallLimits()
    ) async throws -> ToolResult {
        let tool = skill.tool(named: tool) ?? Tool(name: tool, description: "")
        let call = ToolCall(skill: skill, tool: tool, arguments: arguments, idempotencyKey: key, limits: limits)
        return try await invoker.invoke(call)
    }

    /// The failure of a call that must fail.
    func failure(
        _ tool: String,
        _ arguments: JSONObject = [:],
        limits: CallLimits = CallLimits(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ToolFailure {
        do {
            let result = try await call(tool, arguments, limits: limits)
            Issue.record("\(tool) returned \(result.value.serialized().prefix(200))", sourceLocation: sourceLocation)
            throw CancellationError()
        } catch let failure as ToolFailure {
            return failure
        }
    }
}

/// Runs a piece of test with a skill of these files, and ends its processes afterwards.
///
/// - Parameter given: where everything is; nil for a temporary folder.
func withTools<Value: Sendable>(
    _ files: [String: String],
    in given: String? = nil,
    tools: [Tool] = [],
    metadata: [String: String] = [:],
    grant: SkillGrant = SkillGrant(),
    sandbox: SandboxMode = .off,
    python: PythonSettings = PythonSettings(),
    environment: [String: String] = [:],
    _ body: @Sendable (ToolBench) async throws -> Value
) async throws -> Value {
    try await withTemporaryFolder { temporary in
        let folder = given ?? temporary
        for (name, content) in files {
            try write(content, to: "\(folder)/skill/\(name)")
            if name.hasPrefix("scripts/") {
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755],
                    ofItemAtPath: "\(folder)/skill/\(name)"
                )
            }
        }
        let workspace = RunWorkspace(folder: "\(folder)/work", results: "\(folder)/results")
        for path in [workspace.folder, workspace.results] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let skill = Skill(
            id: "bench",
            name: "bench",
            description: "Tools under test.",
            tools: tools,
            metadata: metadata,
            origin: SkillOrigin(source: "test", file: "\(folder)/skill/SKILL.md", folder: "\(folder)/skill")
        )
        let provider = ToolInvokerProvider.standard(
            grants: ToolGrants(skills: ["bench": grant]),
            sandbox: sandbox,
            python: python,
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }
        )
        let invoker = try await provider.invoker(for: workspace)
        let bench = ToolBench(folder: folder, skill: skill, workspace: workspace, invoker: invoker)
        do {
            let value = try await body(bench)
            await invoker.close()
            return value
        } catch {
            await invoker.close()
            throw error
        }
    }
}
