package import Observability
import SkillCatalog

/// What is said about one call of a tool. Neither arguments nor results are, nor what a tool says of its failure: those
/// may hold what nobody else should read, and the journal has them.
package enum ToolCallTelemetry {
    /// Makes the call within its span, and counts how it ended.
    ///
    /// - Parameter more: what else the span says, such as the run it belongs to.
    package static func measuring(
        _ call: ToolCall,
        _ more: @autoclosure () -> Attributes = [:],
        isolation: isolated (any Actor)? = #isolation,
        _ work: () async -> Result<ToolResult, ToolFailure>
    ) async -> Result<ToolResult, ToolFailure> {
        let telemetry = Telemetry.current
        guard let timer = telemetry.beginTiming() else { return await work() }
        var said: Attributes = [.toolName: .string(call.tool.name), .skill: .string(call.skill.id)]
        let kind: Attributes = [.operationName: "execute_tool", .toolType: "function"]
        return await withSpan(
            "execute_tool \(call.tool.name)",
            attributes: said.merging(kind).merging(more())
        ) { span in
            let result = await work()
            if case .failure(let failure) = result {
                span.fail(failure.code, "\(failure.kind.rawValue): \(failure.code)")
                span.set(.failureKind, .string(failure.kind.rawValue))
                said.merge([.errorType: .string(failure.code), .failureKind: .string(failure.kind.rawValue)])
                telemetry.metrics?.record(.toolErrors, 1, said)
            }
            telemetry.metrics?.record(.executeToolDuration, timer.seconds, said)
            return result
        }
    }
}

extension RunAttempt {
    /// What the span of an attempt says of its run.
    func said(of run: String) -> Attributes {
        [.run: .string(run), .step: .string(task.description), .attempt: .integer(number)]
    }
}
