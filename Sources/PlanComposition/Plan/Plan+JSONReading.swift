public import JSONSchema
import LanguageModels
import SkillRetrieval

extension Plan {
    /// Reads a plan from its JSON.
    ///
    /// `groups` is derived and not read. What a person may leave out when writing by hand has a default: `tool`,
    /// `score`, `candidates`, `depends_on`, `arguments` and everything after `steps`. Unknown members are passed over;
    /// `PlanDocument` names them.
    /// - Throws: `PlanSyntaxError` with the place of the first member that is missing or of the wrong type.
    public init(json: JSONValue) throws(PlanSyntaxError) {
        let plan = JSONView(json, at: "")
        var steps: [PlanStep] = []
        for step in try plan.elements("steps") { steps.append(try PlanStep(step)) }
        var questions: [PlanQuestion] = []
        for question in try plan.optionalElements("questions") {
            questions.append(
                PlanQuestion(
                    step: try question.string("step"),
                    argument: try question.string("argument"),
                    text: try question.string("text")
                )
            )
        }
        self.init(
            request: try plan.string("request"),
            decomposer: try plan.optionalString("decomposer") ?? "",
            steps: steps,
            questions: questions,
            diagnostics: try plan.optionalStrings("diagnostics"),
            tokens: try TokenUsage(plan.member("tokens")),
            timings: try PlanTimings(plan.member("timings")),
            decomposition: try plan.member("decomposition").map { (view) throws(PlanSyntaxError) in
                try DecompositionReport(view)
            }
        )
        for report in try plan.optionalElements("reranking") { reranking.append(try RerankingReport(report)) }
        binding = try plan.member("binding").map { (view) throws(PlanSyntaxError) in try BindingReport(view) }
        for flag in try plan.optionalElements("flags") { flags.append(try PlanFlag(flag)) }
        answered = try plan.optionalStrings("answered")
    }

    /// Reads a plan from JSON text.
    ///
    /// - Throws: `PlanSyntaxError`; for text that is no JSON with the line and column.
    public init(jsonText: String) throws(PlanSyntaxError) {
        self = try PlanDocument(jsonText: jsonText).plan
    }
}

/// Why a text is not a plan.
public struct PlanSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where, as a JSON Pointer; empty for the whole.
    public var place: String
    public var problem: String

    public init(place: String, problem: String) {
        self.place = place
        self.problem = problem
    }

    public var description: String { place.isEmpty ? "not a plan: \(problem)" : "not a plan: \(place) \(problem)" }
}

extension PlanStep {
    fileprivate init(_ step: JSONView) throws(PlanSyntaxError) {
        var candidates: [Candidate] = []
        for candidate in try step.optionalElements("candidates") {
            candidates.append(
                Candidate(
                    skill: try candidate.string("skill"),
                    tool: try candidate.optionalString("tool"),
                    score: try candidate.optionalNumber("score") ?? 0
                )
            )
        }
        let id = try step.string("id")
        self.init(
            id: id,
            subtask: Subtask(
                id: id,
                text: try step.string("subtask"),
                span: try step.optionalRange("span"),
                confidence: try step.optionalNumber("confidence") ?? 1,
                origin: try step.member("implicit").map { (need) throws(PlanSyntaxError) in
                    .implicit(try ImplicitNeed(need))
                } ?? .stated
            ),
            skill: try step.optionalString("skill"),
            tool: try step.optionalString("tool"),
            score: try step.optionalNumber("score") ?? 0,
            candidates: candidates,
            dependsOn: try step.optionalStrings("depends_on"),
            reasons: try step.reasons("depends_because"),
            arguments: try step.optionalObject("arguments"),
            abstention: try step.optionalString("abstention"),
            forEach: try step.member("for_each").map { (view) throws(PlanSyntaxError) in try FanOut(view) },
            condition: try step.member("when").map { (view) throws(PlanSyntaxError) in try StepCondition(view) }
        )
    }
}

extension PlanFlag {
    fileprivate init(_ flag: JSONView) throws(PlanSyntaxError) {
        let name = try flag.string("kind")
        guard let kind = Kind(rawValue: name) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw PlanSyntaxError(place: flag.place + "/kind", problem: "is \(name); it must be one of \(known)")
        }
        self.init(
            kind,
            from: try flag.string("from"),
            to: try flag.string("to"),
            why: try flag.optionalString("why") ?? ""
        )
    }
}

extension ImplicitNeed {
    fileprivate init(_ need: JSONView) throws(PlanSyntaxError) {
        self.init(
            step: try need.string("for"),
            input: try need.string("input"),
            result: try need.optionalString("result"),
            reason: try need.optionalString("reason") ?? ""
        )
    }
}

extension TokenUsage {
    init(_ tokens: JSONView?) throws(PlanSyntaxError) {
        guard let tokens else {
            self = .none
            return
        }
        let name = try tokens.string("source")
        guard let source = Source(rawValue: name) else {
            throw PlanSyntaxError(place: tokens.place + "/source", problem: "is \(name), which is no source of figures")
        }
        self.init(prompt: try tokens.integer("prompt"), completion: try tokens.integer("completion"), source: source)
    }
}

extension PlanTimings {
    fileprivate init(_ timings: JSONView?) throws(PlanSyntaxError) {
        self.init()
        guard let timings else { return }
        decompose = try timings.optionalNumber("decompose_ms") ?? 0
        retrieve = try timings.optionalNumber("retrieve_ms") ?? 0
        refine = try timings.optionalNumber("refine_ms") ?? 0
        compose = try timings.optionalNumber("compose_ms") ?? 0
        total = try timings.optionalNumber("total_ms") ?? 0
    }
}
