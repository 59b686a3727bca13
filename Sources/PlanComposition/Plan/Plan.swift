public import LanguageModels
public import SkillRetrieval

/// What is going to be done for a request: steps, each with the skill that does it and the steps it waits for.
///
/// The steps form a directed acyclic graph. A plan made by the composer is valid; one read from a file, or changed by
/// hand, is checked with `PlanValidator` before it runs.
public struct Plan: Sendable, Hashable {
    /// The request as it was given.
    public var request: String
    /// Short name of the decomposer that split the request.
    public var decomposer: String
    /// In the order of the request, which is not always the order of execution.
    public var steps: [PlanStep]
    /// What a person has to answer before the plan can run.
    public var questions: [PlanQuestion]
    /// Remarks for people: what was unclear, left out or decided narrowly.
    public var diagnostics: [String]
    /// What language models took for the plan.
    public var tokens: TokenUsage
    /// How long each stage took.
    public var timings: PlanTimings
    /// How the steps came about; nil where nobody kept that.
    public var decomposition: DecompositionReport?
    /// Calls of a language model that ordered the candidates; empty where none did.
    public var reranking: [RerankingReport] = []
    /// What became of asking a language model for the arguments; nil where none was asked.
    public var binding: BindingReport?
    /// What a person has to agree to before the plan runs.
    public var flags: [PlanFlag] = []
    /// Places whose values a person gave, such as `s1.url`.
    public var answered: [String] = []

    public init(
        request: String,
        decomposer: String,
        steps: [PlanStep],
        questions: [PlanQuestion] = [],
        diagnostics: [String] = [],
        tokens: TokenUsage = .none,
        timings: PlanTimings = PlanTimings(),
        decomposition: DecompositionReport? = nil
    ) {
        self.request = request
        self.decomposer = decomposer
        self.steps = steps
        self.questions = questions
        self.diagnostics = diagnostics
        self.tokens = tokens
        self.timings = timings
        self.decomposition = decomposition
    }

    /// The step of that id.
    public func step(_ id: String) -> PlanStep? {
        steps.first { $0.id == id }
    }

    /// No step has a skill: nothing in the library fits the request.
    public var fitsNothing: Bool {
        steps.allSatisfy { $0.skill == nil }
    }
}

/// How long the stages took, in milliseconds.
public struct PlanTimings: Sendable, Hashable {
    /// Milliseconds of splitting the request.
    public var decompose: Double
    /// Milliseconds of looking for candidates.
    public var retrieve: Double
    /// Fitting the sub-tasks to the library.
    public var refine: Double
    /// Milliseconds of choosing, ordering and binding.
    public var compose: Double
    /// Milliseconds from the request to the plan.
    public var total: Double

    public init(decompose: Double = 0, retrieve: Double = 0, refine: Double = 0, compose: Double = 0, total: Double = 0)
    {
        self.decompose = decompose
        self.retrieve = retrieve
        self.refine = refine
        self.compose = compose
        self.total = total
    }
}

/// Something only a person can say: a required argument that neither the request nor an earlier step provides.
public struct PlanQuestion: Sendable, Hashable {
    /// Id of the step that needs the answer.
    public var step: String
    /// Name of the argument.
    public var argument: String
    /// The question, as a person reads it.
    public var text: String

    public init(step: String, argument: String, text: String) {
        self.step = step
        self.argument = argument
        self.text = text
    }
}
