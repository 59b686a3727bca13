import HTTPTransport
import JSONSchema
import PlanComposition
import PlanExecution
import SkillHarness
import SkillRouting

/// What callers do with runs.
struct RunService: Sendable {
    let runs: HostedRuns
    let libraries: ServedLibraries
    /// The folder tools read and write; nil for one of each run's own.
    let workspace: String?
    private let keys = IdempotencyKeys()

    init(_ resources: ServiceResources) {
        runs = resources.runs
        libraries = resources.libraries
        workspace = resources.workspace
    }

    // MARK: - Beginning

    func create(_ call: ServiceCall) async throws -> ServiceReply {
        guard let key = call.request.headers["Idempotency-Key"] else { return try await begin(call) }
        guard (1...200).contains(key.utf8.count) else {
            throw ServiceProblem.badInput("an Idempotency-Key has 1 to 200 bytes")
        }
        switch await keys.claim(key, of: call.principal.id, for: call.request.body) {
        case .new(let claim):
            do {
                let reply = try await begin(call)
                await keys.finish(claim, run: reply.headers["Location"].map { String($0.dropFirst("/v1/runs/".count)) })
                return reply
            } catch {
                await keys.finish(claim, run: nil)
                throw error
            }
        case .known(let run): return .json(try await json(of: run))
        case .underWay:
            throw ServiceProblem(409, "under-way", "a call with this Idempotency-Key is being answered")
        case .otherBody:
            throw ServiceProblem(422, "key-reused", "this Idempotency-Key began another run; use a new one")
        }
    }

    private func begin(_ call: ServiceCall) async throws -> ServiceReply {
        let library = try libraries.library(call.text("library"))
        var plan: Plan
        if call.input["plan"] != nil {
            plan = try RouteEndpoints.plan(in: call)
        } else {
            plan = try await library.router.route(call.text("request") ?? "")
        }
        guard !plan.fitsNothing else {
            throw ServiceProblem(422, "nothing-fits", "no step of the plan has a skill; there is nothing to run")
        }
        for (place, value) in call.input["answers"]?.objectValue ?? [:] {
            guard let dot = place.lastIndex(of: ".") else {
                throw ServiceProblem(422, "answer", "answers are named step.argument, such as s1.url")
            }
            plan = try plan.answering(
                step: String(place[..<dot]),
                argument: String(place[place.index(after: dot)...]),
                value: value
            )
        }
        var request = RunRequest()
        request.workspace = workspace
        request.options.approval = call.text("approval").flatMap(ApprovalMode.init) ?? .ask
        request.options.onFailure = call.text("on_failure").flatMap(FailurePolicy.init) ?? .keep
        request.options.limits.concurrency = call.number("concurrency") ?? request.options.limits.concurrency
        let run = try await library.router.create(plan, request).run
        try await runs.drive(run)
        return .json(try await json(of: run), status: 201, headers: ["Location": "/v1/runs/\(run)"])
    }

    // MARK: - Looking

    func list(_ call: ServiceCall) async throws -> ServiceReply {
        let phases = call.texts("phase").compactMap(RunPhase.init)
        let limit = call.number("limit") ?? 20
        var query = RunQuery(phases: phases.isEmpty ? nil : Set(phases), limit: limit + 1)
        query.after = call.text("after")
        let found = try await runs.store.list(query)
        let page = found.prefix(limit)
        return .json([
            "runs": .array(page.map(\.json)), "next": found.count > limit ? JSONValue(page.last?.id) : .null,
        ])
    }

    /// A run as callers read it.
    ///
    /// - Throws: `RunStoreError` where there is none of that id.
    func json(of run: String) async throws -> JSONValue {
        let state = try await runs.store.state(of: run)
        var report = try await RunReport.of(run, in: runs.store).json.objectValue ?? [:]
        report["sequence"] = JSONValue(state.sequence)
        report["driving"] = .bool(await runs.isDriving(run) || !runs.isDriver && state.phase == .running)
        report["plan"] = state.definition.plan.json
        report["problem"] = await runs.problem(with: run).map(JSONValue.string)
        report["steps"] = .array(
            zip(report["steps"]?.arrayValue ?? [], state.definition.plan.steps).map { json, step in
                var members = json.objectValue ?? [:]
                members["depends_on"] = JSONValue(step.dependsOn)
                members["arguments"] = step.arguments.map(JSONValue.object)
                return .object(members)
            }
        )
        return .object(report)
    }

    func events(_ call: ServiceCall) async throws -> ServiceReply {
        let run = call.place("run")
        let last = call.request.headers["Last-Event-ID"].flatMap(Int.init)
        let state = try await runs.store.state(of: run)
        let stream = RunEventStream(
            run: run,
            after: max(0, last ?? call.number("after") ?? 0),
            end: state.outcome.map(RunPhase.init),
            runs: runs
        )
        return .events(HTTPBody { try await stream.next() })
    }

    // MARK: - Going on and ending

    func answer(_ call: ServiceCall) async throws -> ServiceReply {
        let run = call.place("run")
        try await refuseFinished(run)
        var answers = PersonsAnswers()
        answers.approved = call.texts("approve")
        answers.denied = call.texts("deny")
        answers.values = Self.lines(call.input["values"])
        answers.done = Self.lines(call.input["done"])
        let person = call.principal.name
        try await runs.answer(run) { [answers] state in try answers.transitions(for: state, by: person) }
        return .json(try await json(of: run))
    }

    func resume(_ call: ServiceCall) async throws -> ServiceReply {
        let run = call.place("run")
        try await refuseFinished(run)
        try await runs.drive(run)
        return .json(try await json(of: run), status: 202)
    }

    func cancel(_ call: ServiceCall) async throws -> ServiceReply {
        let run = call.place("run")
        try await refuseFinished(run)
        _ = try await runs.cancel(run, by: call.principal.name)
        return .json(try await json(of: run))
    }

    func delete(_ call: ServiceCall) async throws -> ServiceReply {
        let run = call.place("run")
        guard try await runs.store.state(of: run).outcome != nil else {
            throw ServiceProblem(409, "not-finished", "the run has not ended", hint: "cancel it first")
        }
        try await runs.delete(run)
        return .nothing
    }

    private func refuseFinished(_ run: String) async throws {
        let state = try await runs.store.state(of: run)
        guard let outcome = state.outcome else { return }
        throw ServiceProblem(409, "finished", "the run has ended: \(outcome.rawValue)")
    }

    /// `name=value` as a person would have typed it.
    private static func lines(_ members: JSONValue?) -> [String] {
        (members?.objectValue ?? [:]).map { name, value in "\(name)=\(value.stringValue ?? value.serialized())" }
    }
}
