import HTTPTransport
import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import SkillRetrieval
import SkillRouting

/// Makes plans of requests, and changes them.
enum RouteEndpoints {
    static func all(_ libraries: ServedLibraries) -> [Endpoint] {
        [
            Endpoint(
                method: .post,
                path: "/v1/route",
                operation: "route",
                summary: "Splits a request into steps, finds a skill for each, and weaves them into a plan.",
                tag: "plans",
                scope: .library,
                body: .init(schema: .routeInput),
                answers: [.init(status: 200, summary: "The plan.", shape: .routeAnswer)],
                problems: [404, 422],
                isHeavy: true
            ) { call in try await route(call, libraries) },
            Endpoint(
                method: .post,
                path: "/v1/plan/check",
                operation: "checkPlan",
                summary: "Says what is wrong with a plan.",
                tag: "plans",
                scope: .library,
                body: .init(schema: .planInput, maximumBytes: Self.mostPlanBytes),
                answers: [.init(status: 200, summary: "What is wrong, and what is open.", shape: .planCheck)],
                problems: [404, 422]
            ) { call in try await check(call, libraries) },
            Endpoint(
                method: .post,
                path: "/v1/plan/candidate",
                operation: "choosePlanCandidate",
                summary: "Gives a step another skill, and binds its arguments anew.",
                tag: "plans",
                scope: .library,
                body: .init(schema: .candidateInput, maximumBytes: Self.mostPlanBytes),
                answers: [.init(status: 200, summary: "The changed plan.", shape: .planAnswer)],
                problems: [404, 422],
                isHeavy: true
            ) { call in
                let library = try libraries.library(call.text("library"))
                let plan = try plan(in: call)
                let changed = try await library.router.choosing(
                    skill: call.text("skill") ?? "",
                    tool: call.text("tool"),
                    for: call.text("step") ?? "",
                    in: plan
                )
                return .json(["plan": changed.json])
            },
        ]
    }

    /// Bytes of a body that holds a plan.
    static let mostPlanBytes = 8 << 20
    /// More steps than anybody asks for in one request; larger plans are run from the command line.
    static let mostSteps = 2_000

    /// The plan that is sent along.
    ///
    /// - Throws: `PlanSyntaxError`, or a problem for one that is too large.
    static func plan(in call: ServiceCall) throws -> Plan {
        let plan = try PlanDocument(json: call.input["plan"] ?? .null).plan
        guard plan.steps.count <= mostSteps else {
            throw ServiceProblem(422, "plan", "the plan has \(plan.steps.count) steps; at most \(mostSteps) are taken")
        }
        return plan
    }

    private static func route(_ call: ServiceCall, _ libraries: ServedLibraries) async throws -> ServiceReply {
        let library = try libraries.library(call.text("library"))
        let plan = try await library.router.route(call.text("request") ?? "")
        let names = Set(plan.steps.flatMap { step in [step.skill].compactMap(\.self) + step.candidates.map(\.skill) })
        let skills = try await library.router.skills(names.sorted())
        var described = JSONObject()
        for (id, skill) in skills.sorted(by: { $0.key < $1.key }) {
            described[id] = [
                "name": .string(skill.name), "description": .string(skill.description),
                "tools": .array(skill.tools.map(SkillEndpoints.json)),
            ]
        }
        var answer: JSONObject = [
            "library": .string(library.name), "plan": plan.json, "skills": .object(described),
            "mermaid": .string(plan.mermaid),
        ]
        if call.flag("svg") {
            do { answer["svg"] = .string(try await plan.svg()) } catch let error as PlanDrawingError {
                throw ServiceProblem(503, "no-drawing", "\(error)")
            }
        }
        return .json(.object(answer))
    }

    private static func check(_ call: ServiceCall, _ libraries: ServedLibraries) async throws -> ServiceReply {
        let library = try libraries.library(call.text("library"))
        let plan = try plan(in: call)
        let names = Set(plan.steps.flatMap { step in [step.skill].compactMap(\.self) + step.candidates.map(\.skill) })
        let skills = try await library.router.skills(names.sorted())
        let faults = PlanValidator(skills: skills).validate(plan)
        return .json([
            "valid": .bool(!faults.contains { $0.severity == .error }),
            "problems": .array(faults.map { .string("\($0)") }),
            "questions": plan.json["questions"] ?? [], "plan": plan.json,
        ])
    }
}
