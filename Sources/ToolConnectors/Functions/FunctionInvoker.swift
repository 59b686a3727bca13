public import JSONSchema
public import PlanExecution
public import SkillCatalog

/// Calls the functions of a list with what the program gives for them.
///
/// ```swift
/// let functions = FunctionInvoker { name, arguments in try await myFunctions.call(name, arguments) }
/// options.invokers = .standard(additional: [functions])
/// ```
public struct FunctionInvoker: ToolInvoker {
    /// What a function does: its name and arguments in, its result out. An error that is no `ToolFailure` counts as
    /// permanent.
    public typealias Work = @Sendable (_ function: String, _ arguments: JSONObject) async throws -> JSONValue

    /// By this member of a skill's metadata its tools are known to be functions without an implementation.
    static let mark = "function-list"

    private let work: Work

    public init(_ work: @escaping Work) { self.work = work }

    public func canInvoke(_ tool: Tool, of skill: Skill) -> Bool {
        // What stands in the front matter of a folder's skill is its author's.
        skill.origin.folder == nil && skill.metadata[Self.mark] != nil
    }

    public func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        do {
            return ToolResult(value: try await work(call.tool.name, call.arguments))
        } catch let failure as ToolFailure {
            throw failure
        } catch is CancellationError {
            throw ToolFailure(.cancelled, code: "cancelled", "the call was cancelled", effect: .unknown)
        } catch {
            throw ToolFailure(.permanent, code: "tool-error", "\(error)")
        }
    }
}
