public import JSONSchema
public import SkillCatalog

/// Calls Swift closures, for programs that bring tools of their own.
public struct ClosureInvoker: ToolInvoker {
    /// A tool's work: arguments in, result out. An error that is no `ToolFailure` counts as permanent.
    public typealias Work = @Sendable (JSONObject) async throws -> JSONValue

    private let work: [String: Work]

    /// - Parameter work: by `skill.tool`, with the skill's id.
    public init(_ work: [String: Work]) { self.work = work }

    public func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { work["\(skill.id).\(tool.name)"] != nil }

    public func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        guard let work = work[call.qualifiedName] else {
            throw ToolFailure(.permanent, code: "no-invoker", "no closure was given for \(call.qualifiedName)")
        }
        do {
            return ToolResult(value: try await work(call.arguments))
        } catch let failure as ToolFailure {
            throw failure
        } catch is CancellationError {
            throw ToolFailure(.cancelled, code: "cancelled", "the call was cancelled", effect: .unknown)
        } catch {
            throw ToolFailure(.permanent, code: "tool-error", "\(error)")
        }
    }
}
