import HTTPTransport
import JSONSchema
import PlanComposition
import SkillCatalog

extension DecisionPass {
    /// Starts an attempt, or says what stands before it.
    ///
    /// - Returns: false when there is no room for another attempt with this tool.
    mutating func begin(
        _ task: TaskState,
        _ element: Int,
        _ position: Int,
        _ breakers: BreakerBoard
    ) -> Bool {
        let id = state.id(position, element)
        let step = plan.steps[position]
        guard let tool = state.definition.tool(task.tool, of: task.skill) else {
            let message = "the run does not know the tool \(task.qualifiedName)"
            emit(.failed(id, ToolFailure(.permanent, code: "unknown-tool", message)))
            return true
        }
        if let question = openQuestion(task, step) {
            emit(.asked(id, question))
            return true
        }
        let arguments: JSONObject
        switch prepared(task, element, position) {
        case .failure(let failure):
            emit(.failed(id, failure))
            return true
        case .success(.skip(let reason)):
            emit(.skipped(id, reason))
            return true
        case .success(.call(let resolved)): arguments = resolved
        }
        let flag = plan.flags.first { $0.to == step.id }
        switch approval.verdict(on: tool, named: task.qualifiedName, isFlagged: flag != nil) {
        case .allow: break
        case .deny:
            let message = "\(task.qualifiedName) may not be called here (approval: deny)"
            emit(.failed(id, ToolFailure(.policy, code: "denied", message)))
            return true
        case .ask:
            guard task.approved != ApprovedCall(tool: task.qualifiedName, arguments: arguments) else { break }
            emit(.asked(id, .approval(of: task.qualifiedName, arguments, flag: flag?.why)))
            return true
        }
        guard takeSlot(for: task.qualifiedName) else { return false }
        let call = decider.guarded(tool, of: task.skill, in: state)
        let admission = breakers.admit(call, at: monotonic)
        if case .refused(let wait) = admission {
            avoid(task, id, position, wait)
            return true
        }
        emit(
            .attemptStarted(
                RunAttempt(
                    task: id,
                    number: task.attempts + 1,
                    skill: task.skill,
                    tool: task.tool,
                    arguments: task.arguments == arguments ? nil : arguments,
                    worker: worker
                )
            )
        )
        return true
    }

    /// A tool that keeps failing is left alone: another takes over, or the task waits.
    private mutating func avoid(_ task: TaskState, _ id: TaskID, _ position: Int, _ wait: Duration?) {
        let because = "\(task.qualifiedName) failed several times in a row and is left alone for a while"
        let failure = ToolFailure(.transient, code: "circuit-open", because)
        switch recovery.substitute(for: task, failure, position, state) {
        case .fallBack(let fallback): emit(.fellBack(id, fallback))
        default:
            let until = now.advanced(by: max(wait ?? .seconds(1), .milliseconds(10)))
            emit(.retryPlanned(id, until: until, because: because))
        }
    }

    /// What a person has to say before the arguments can be known.
    private func openQuestion(_ task: TaskState, _ step: PlanStep) -> RunQuestion? {
        if state.changedSkills.contains(task.skill) {
            return RunQuestion(
                kind: .changedSkill,
                text: "The skill \(task.skill) changed since the run began. Go on with it as it is now?",
                tool: task.qualifiedName
            )
        }
        guard task.template == nil, task.arguments == nil else { return nil }
        let open = plan.questions.first { question in
            question.step == step.id && task.answers[question.argument] == nil
                && step.arguments?[question.argument] == nil
        }
        return open.map { question in
            RunQuestion(
                kind: .argument,
                text: question.text,
                tool: task.qualifiedName,
                argument: question.argument,
                arguments: step.arguments ?? [:]
            )
        }
    }

    private enum Prepared {
        case call(JSONObject)
        case skip(SkipReason)
    }

    /// The arguments of a call, references resolved; those of the attempt before where there was one.
    private func prepared(_ task: TaskState, _ element: Int, _ position: Int) -> Result<Prepared, ToolFailure> {
        if let arguments = task.arguments { return .success(.call(arguments)) }
        let step = plan.steps[position]
        do throws(ArgumentResolver.Fault) {
            let item = try step.forEach.map { (forEach) throws(ArgumentResolver.Fault) in
                try state.element(element, of: forEach.list)
            }
            if let condition = step.condition, condition.isAboutItem {
                switch evaluate(condition, state.resolver(item: item)) {
                case .failure(let failure): return .failure(failure)
                case .success(let reason?): return .success(.skip(reason))
                case .success(nil): break
                }
            }
            var template = task.template ?? step.arguments ?? [:]
            if task.template == nil { for (name, value) in task.answers { template[name] = value } }
            return .success(.call(try state.resolver(item: item).resolve(template)))
        } catch {
            return .failure(error.failure)
        }
    }

    /// Whether the step as a whole is skipped.
    func wholeCondition(_ position: Int) -> Result<SkipReason?, ToolFailure> {
        guard let condition = plan.steps[position].condition, !condition.isAboutItem else { return .success(nil) }
        return evaluate(condition, state.resolver())
    }

    private func evaluate(
        _ condition: StepCondition,
        _ resolver: ArgumentResolver
    ) -> Result<SkipReason?, ToolFailure> {
        let evaluation = ConditionEvaluation(comparison: condition.comparison)
        // What is not there is empty; for other comparisons it is a fault.
        let isAboutEmptiness = !condition.comparison.isBinary
        do {
            let left: JSONValue
            do throws(ArgumentResolver.Fault) {
                left = try resolver.resolve(condition.left)
            } catch {
                guard isAboutEmptiness else { return .failure(error.failure) }
                left = .null
            }
            let right = try condition.right.map { (right) throws(ArgumentResolver.Fault) in try resolver.resolve(right)
            }
            guard try !evaluation.holds(left, right) else { return .success(nil) }
            let other = right.map { " \(ConditionEvaluation.shown($0))" } ?? ""
            let text = "\(ConditionEvaluation.shown(left)) is not \(condition.comparison.words)\(other)"
            return .success(.condition(text))
        } catch let fault as ConditionEvaluation.Fault {
            return .failure(ToolFailure(.permanent, code: "condition", fault.message))
        } catch let fault as ArgumentResolver.Fault {
            return .failure(fault.failure)
        } catch {
            return .failure(ToolFailure(.permanent, code: "condition", "\(error)"))
        }
    }
}

extension RunDecider {
    /// A call as circuit breakers see it.
    func guarded(_ tool: Tool, of skill: String, in state: RunState) -> GuardedCall {
        GuardedCall(
            tool: "\(skill).\(tool.name)",
            server: state.definition.skills[skill].flatMap { server(tool, $0) } ?? skill,
            options: state.definition.options.recovery
        )
    }

    /// The call of an attempt; nil for a tool the run does not know.
    func guarded(_ attempt: RunAttempt, in state: RunState) -> GuardedCall? {
        state.definition.tool(attempt.tool, of: attempt.skill).map { guarded($0, of: attempt.skill, in: state) }
    }
}

extension StepCondition {
    /// It asks something of the element at hand, not of the step as a whole.
    fileprivate var isAboutItem: Bool { Self.mentionsItem(left) || right.map(Self.mentionsItem) ?? false }

    private static func mentionsItem(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let members): members["$item"] != nil || members.contains { mentionsItem($0.value) }
        case .array(let elements): elements.contains(where: mentionsItem)
        default: false
        }
    }
}
