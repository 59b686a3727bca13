package import JSONSchema
package import ModelContextProtocol
import PlanComposition
import PlanExecution
import SkillRetrieval
import SkillRouting

extension SkillGateway {
    /// Who answered, as the journal has it.
    private static let person = "the user of an MCP client"
    private static let client = "an MCP client"
    /// A client that can wait for a task gets one for what takes longer.
    private static let taskAfter = Duration.seconds(2)

    // MARK: - Plans

    func plan(_ arguments: JSONValue, _ context: RequestContext) async throws -> JSONValue {
        let library = try library(arguments)
        let plan: Plan
        do {
            plan = try await library.router.route(arguments["request"]?.stringValue ?? "")
        } catch let error as CancellationError {
            throw error
        } catch {
            throw GatewayProblem("\(error)")
        }
        var answer: JSONObject = ["plan_id": .string(await plans.keep(plan, for: context.principal))]
        let json = plan.json
        switch Detail(arguments) {
        case .full: answer["plan"] = json
        case .brief, .names: break
        }
        answer["fits"] = .bool(!plan.fitsNothing)
        answer["steps"] = .array(plan.steps.map { Self.brief($0) })
        answer["questions"] = json["questions"] ?? []
        if !plan.flags.isEmpty { answer["flags"] = json["flags"] }
        if !plan.diagnostics.isEmpty { answer["remarks"] = JSONValue(plan.diagnostics) }
        return .object(answer)
    }

    private static func brief(_ step: PlanStep) -> JSONValue {
        var members: JSONObject = ["step": .string(step.id), "what": .string(step.subtask.text)]
        members["tool"] = step.qualifiedName.map(JSONValue.string) ?? step.skill.map(JSONValue.string) ?? .null
        if let arguments = step.arguments { members["arguments"] = .object(arguments) }
        if !step.dependsOn.isEmpty { members["after"] = JSONValue(step.dependsOn) }
        return .object(members)
    }

    // MARK: - Beginning and going on

    func run(_ arguments: JSONValue, _ call: ToolRequest, _ context: RequestContext) async throws -> ToolReply {
        if let run = call.state?["run"]?.stringValue { return try await goOn(with: run, call, context) }
        let library = try library(arguments)
        var plan = try await givenPlan(arguments, context)
        guard !plan.fitsNothing else {
            throw GatewayProblem("no step of the plan has a skill; there is nothing to run")
        }
        for (place, value) in arguments["answers"]?.objectValue ?? [:] {
            guard let dot = place.lastIndex(of: ".") else {
                throw GatewayProblem("answers are named step.argument, such as s1.url, not '\(Excerpt.of(place))'")
            }
            let (step, argument) = (String(place[..<dot]), String(place[place.index(after: dot)...]))
            do { plan = try plan.answering(step: step, argument: argument, value: value) } catch {
                throw GatewayProblem("\(error)")
            }
        }
        var request = RunRequest()
        request.workspace = options.workspace
        request.options.approval = options.approval
        let run: String
        do {
            run = try await library.router.create(plan, request).run
        } catch let error as RunPreparationError {
            throw GatewayProblem("\(error)")
        }
        try await runs.drive(run)
        return try await follow(run, call, context)
    }

    func resume(_ arguments: JSONValue, _ call: ToolRequest, _ context: RequestContext) async throws -> ToolReply {
        if let run = call.state?["run"]?.stringValue { return try await goOn(with: run, call, context) }
        let run = arguments["run"]?.stringValue ?? ""
        var answers = PersonsAnswers()
        answers.denied = arguments["deny"]?.arrayValue?.compactMap(\.stringValue) ?? []
        answers.values = (arguments["answers"]?.objectValue ?? [:]).map { place, value in
            "\(place)=\(value.stringValue ?? value.serialized())"
        }
        try await proceed(run, with: answers)
        return try await follow(run, call, context)
    }

    /// The person has been asked in between.
    private func goOn(with run: String, _ call: ToolRequest, _ context: RequestContext) async throws -> ToolReply {
        let state = try await runs.state(of: run, within: .zero)
        try await proceed(run, with: RunQuestions.answers(call.answers ?? [:], to: state))
        return try await follow(run, call, context)
    }

    private func proceed(_ run: String, with answers: PersonsAnswers) async throws {
        let state = try await runs.state(of: run, within: .zero)
        guard state.outcome == nil else { return }
        do {
            try await runs.answer(run) { state in try answers.transitions(for: state, by: Self.person) }
        } catch let fault as PersonsAnswers.Fault {
            throw GatewayProblem(fault.description)
        }
    }

    private func givenPlan(_ arguments: JSONValue, _ context: RequestContext) async throws -> Plan {
        switch (arguments["plan"], arguments["plan_id"]?.stringValue) {
        case (let json?, nil):
            do { return try PlanDocument(json: json).plan } catch { throw GatewayProblem("the plan: \(error)") }
        case (nil, let id?): return try await plans.plan(id, for: context.principal)
        default: throw GatewayProblem("give either `plan_id`, from plan_request, or `plan`")
        }
    }

    // MARK: - Following

    /// Waits for a run as long as the client wants to, tells it how far it is, and puts its questions to the person.
    private func follow(_ run: String, _ call: ToolRequest, _ context: RequestContext) async throws -> ToolReply {
        let wanted = Duration.seconds(JSONValue.object(call.arguments)["wait_seconds"]?.intValue ?? 60)
        let clock = ContinuousClock()
        let start = clock.now
        let patience = context.takesTasks ? min(wanted, Self.taskAfter) : wanted
        var state = try await runs.state(of: run, within: .zero)
        var told = -1
        while await runs.isDriving(run), clock.now - start < patience {
            state = try await runs.state(of: run, within: min(.milliseconds(250), patience - (clock.now - start)))
            let settled = state.steps.count - state.unsettled
            guard settled > told else { continue }
            told = settled
            context.progress(CallProgress(progress: Double(settled), total: Double(state.steps.count)))
        }
        state = try await runs.state(of: run, within: .zero)
        if await runs.isDriving(run), context.takesTasks, wanted > Self.taskAfter {
            return .task(RunTasks.summary(state))
        }
        if let questions = RunQuestions.requests(for: state), context.capabilities.elicitation?.showsForms == true {
            return .questions(questions, state: ["run": .string(run)])
        }
        return .result(try await Self.result(of: run, state, runs.store))
    }

    static func result(of run: String, _ state: RunState, _ store: any RunStore) async throws -> CallToolResult {
        let report = try await RunReport.of(run, in: store)
        var result = success(RunBriefs.json(report, .brief))
        result.isError = state.phase == .failed
        return result
    }

    // MARK: - Looking and ending

    func report(_ arguments: JSONValue) async throws -> JSONValue {
        let report = try await RunReport.of(arguments["run"]?.stringValue ?? "", in: runs.store)
        return RunBriefs.json(report, Detail(arguments))
    }

    func cancel(_ arguments: JSONValue) async throws -> JSONValue {
        let run = arguments["run"]?.stringValue ?? ""
        _ = try await runs.cancel(run, by: Self.client)
        return RunBriefs.json(try await RunReport.of(run, in: runs.store), .brief)
    }

    // MARK: - Tasks

    package func task(_ id: String, _ context: RequestContext) async throws -> ModelContextProtocol.TaskState {
        let state = try await known(id)
        return try await RunTasks.state(state, context, runs.store, isDriven: runs.isDriving(id))
    }

    package func updateTask(_ id: String, _ answers: JSONObject, _ context: RequestContext) async throws {
        let state = try await known(id)
        try await proceed(id, with: RunQuestions.answers(answers, to: state))
    }

    package func cancelTask(_ id: String, _ context: RequestContext) async throws {
        _ = try await known(id)
        _ = try await runs.cancel(id, by: Self.client)
    }

    private func known(_ id: String) async throws -> RunState {
        do {
            return try await runs.state(of: id, within: .zero)
        } catch is RunStoreError {
            throw ProtocolError.invalidParameters("Task not found: \(Excerpt.of(id))")
        }
    }
}
