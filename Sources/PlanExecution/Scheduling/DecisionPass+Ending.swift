import JSONSchema
import PlanComposition
import SkillCatalog

extension DecisionPass {
    /// Ends what is not running; a step with attempts under way is looked at when they have ended.
    mutating func cancel() {
        guard state.unsettled > 0 else { return emit(.finished(.cancelled)) }
        for position in state.open.sorted() {
            let step = state.steps[position]
            let tasks = step.active.sorted { $0.key < $1.key }
            for (element, task) in tasks {
                switch task.phase {
                case .running: continue
                case .undecided(let failure): emit(.failed(state.id(position, element), failure))
                case .ready, .retrying, .asking: emit(.skipped(state.id(position, element), .cancelled))
                }
            }
            guard let count = step.count else {
                emit(.skipped(TaskID(step: plan.steps[position].id), .cancelled))
                continue
            }
            for element in step.nextElement..<max(count, step.nextElement) {
                emit(.skipped(state.id(position, element), .cancelled))
            }
        }
    }

    /// Ends the run when its steps are settled, after taking back what was done where that is asked for.
    mutating func conclude() {
        let isTakenBack = state.hasFailed && state.definition.options.onFailure == .compensate
        guard isTakenBack, let call = state.compensation.calls.last else {
            return emit(.finished(state.hasFailed ? .failed : .succeeded))
        }
        switch state.compensation.phase {
        case .running: return
        case .retrying(let until) where until > now: decision.wake(at: until)
        case .ready, .retrying: compensate(call)
        case .undecided(let failure): follow(failure, of: call)
        }
    }

    private mutating func compensate(_ call: CompensationState.Call) {
        guard let declared = state.definition.tool(call.tool, of: call.skill)?.compensation,
            let tool = state.definition.tool(declared.tool, of: call.skill)
        else {
            let failure = ToolFailure(.permanent, code: "unknown-tool", "the tool that takes it back is not known here")
            return emit(.compensationFailed(call.task, failure, isFinal: true))
        }
        if approval.rules.verdict(on: "\(call.skill).\(tool.name)") == .deny {
            let failure = ToolFailure(.policy, code: "denied", "\(call.skill).\(tool.name) may not be called here")
            return emit(.compensationFailed(call.task, failure, isFinal: true))
        }
        let resolver = ArgumentResolver { reference throws(ArgumentResolver.Fault) in
            let source: JSONValue = reference.step == "arguments" ? .object(call.arguments) : call.result
            guard reference.step == "arguments" || reference.step == "result",
                let pointer = JSONPointer(reference.path), let value = source[pointer]
            else {
                throw ArgumentResolver.Fault(message: "the \(reference.step) of the call has no \(reference.path)")
            }
            return value
        }
        do throws(ArgumentResolver.Fault) {
            let arguments = try resolver.resolve(declared.arguments)
            let number = state.compensation.tries + 1
            emit(
                .compensationStarted(
                    RunAttempt(
                        task: call.task,
                        number: number,
                        skill: call.skill,
                        tool: tool.name,
                        arguments: arguments,
                        worker: worker
                    )
                )
            )
        } catch {
            emit(.compensationFailed(call.task, error.failure, isFinal: true))
        }
    }

    private mutating func follow(_ failure: ToolFailure, of call: CompensationState.Call) {
        let declared = state.definition.tool(call.tool, of: call.skill)?.compensation
        let tool = declared.flatMap { state.definition.tool($0.tool, of: call.skill) }
        let mayRepeat = failure.effect == .none || tool?.annotations.isRepeatable == true
        let isWorthIt = failure.kind == .transient || failure.kind == .cancelled
        if mayRepeat, isWorthIt, state.compensation.tries < recovery.options.attempts {
            let until = now.advanced(by: failure.retryAfter ?? recovery.options.baseDelay)
            emit(.retryPlanned(call.task, until: until, because: failure.message))
        } else {
            emit(.compensationFailed(call.task, failure, isFinal: true))
        }
    }
}
